/** The values of a stage's joined inputs at vertices. */
export interface GivenInputs {
  readonly size: number;
  /** [vertices, size]. */
  readonly rows: Float64Array;
  /** How far a value of each row may be off from the true one where the vertex is placed. */
  readonly errors: Float64Array;
}
