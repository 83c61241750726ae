/** The values of a stage's joined inputs at vertices. */
export interface GivenInputs {
  readonly size: number;
  /** [vertices, size]. */
  readonly rows: Float64Array;
  /** How far a value of each row may be off from the true one where the vertex is placed. */
  readonly errors: Float64Array;
}

export interface BoundedRows extends GivenInputs {
  /** A bound on the largest |value| of each row. */
  readonly sizes: Float64Array;
}
