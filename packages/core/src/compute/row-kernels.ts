import type { SparseVector } from "../sparse-vector";

/**
 * Loops over float64 rows that lie where the loops work, so that nothing is copied: rows and products are best taken here. Results of all
 * implementations have the same bits, and rows may be any arrays.
 */
export interface RowKernels {
  /** An array with some values or other. */
  take(length: number): Float64Array;
  /** Takes back an array that nobody reads any more. */
  give(values: Float64Array): void;
  /** v ↦ slope·v + offset + |bend·v + kink| for all values of rows, in place; `squares` gets Σ v² of each row afterwards. */
  bend(rows: Float64Array, width: number, unit: BentUnit, squares: Float64Array): void;
  /** Adds A·Bᵀ for A [at.length, k] and B [n, k]: row i goes to row at[i] of `rows`, which are n wide. B is a parameter, which never changes. */
  addProduct(rows: Float64Array, at: Int32Array, a: Float64Array, b: Float64Array, n: number, k: number): void;
  /** Writes rows that lie between others, plus multiples of columns. */
  blend(rows: Float64Array, width: number, blends: Blends): void;
  /** The largest |value| of each row at[i]. */
  largest(rows: Float64Array, width: number, at: Int32Array): Float64Array;
  /**
   * Which values may be positive and which negative, each row's within its doubt: bit k of ⌈width / 32⌉ words a row. What is 0 beyond doubt
   * is neither.
   */
  signs(rows: Float64Array, width: number, doubts: Float64Array, positive: Uint32Array, negative: Uint32Array): void;
  /**
   * Cuts the faces of a planar mesh along the zeros of functions that are linear on each of them, as MeshCutter of @maso/analysis does, to
   * the bit. null, and the mesh is as it was, where lines fall together, vertices are far off, or memory is short. Yields where a long job
   * may pause.
   */
  cutFaces?(mesh: FlatMesh, cuts: FlatCuts): Generator<null, CutParts | null>;
}

/** A planar mesh in flat arrays, longer than what is in them. */
export interface FlatMesh {
  vertices: number;
  edges: number;
  faces: number;
  /** By vertex. */
  place: Float64Array;
  off: Float64Array;
  rounded: Float64Array;
  part: Float64Array;
  base: Int32Array;
  lines: Int32Array;
  /** By half-edge. */
  origin: Int32Array;
  next: Int32Array;
  previous: Int32Array;
  face: Int32Array;
  edgeBase: Int32Array;
  /** By edge. */
  edgeLine: Int32Array;
  shared: Int32Array;
  /** By face. */
  faceHalf: Int32Array;
  nextFace: Int32Array;
}

/** Function c is value c of rows at the vertices of a mesh. */
export interface FlatCuts {
  /** [vertices, count], and how far each row may be off. */
  readonly rows: Float64Array;
  readonly errors: Float64Array;
  readonly count: number;
  /** Their signs, as `signs` gives them. */
  readonly positive: Uint32Array;
  readonly negative: Uint32Array;
  /** Where the signs of the parts may lie. */
  readonly faceBits: Uint32Array;
  /** The number of the first line that is made, and by number how far vertices may be from earlier ones. */
  readonly firstLine: number;
  readonly lineOffs: Float64Array;
  /** Takes the next line: that of a function within a face. */
  addLine(cut: number, face: number): void;
  /** The sign of a function on a face, at a vertex in which two lines meet, where floats do not tell. */
  settle(v: number, lineA: number, lineB: number, cut: number, face: number): -1 | 0 | 1;
  /** Vertices may be this far off. */
  readonly mostOff: number;
}

/** What has come of the faces of a mesh, face after face; the mesh has the new vertices, edges and faces behind its own. */
export interface CutParts {
  readonly faces: Int32Array;
  readonly parents: Int32Array;
  /** [faces, words] and more: where a function is not positive it is negative. It may be the array that was given. */
  readonly signs: Uint32Array;
  /** Of all vertices; they may lie in the arrays that were given. */
  readonly positive: Uint32Array;
  readonly negative: Uint32Array;
  /** How far vertices may be from each new line. */
  readonly lineOffs: Float64Array;
}

export interface BentUnit {
  readonly slope: number;
  readonly offset: number;
  readonly bend: number;
  readonly kink: number;
}

/**
 * For i < count row at[i] = lerp(row ends[2 i], row ends[2 i + 1]; parts[i]) + Σ factors[e] · column units[e], e from start[i] to
 * end[i] − 1; in that order, so that rows may lie between ones written before. Each row gets bounds on its size and error too.
 */
export interface Blends {
  readonly count: number;
  readonly at: Int32Array;
  readonly ends: Int32Array;
  readonly parts: Float64Array;
  readonly start: Int32Array;
  readonly end: Int32Array;
  /** As many as factors. */
  readonly units: Int32Array;
  readonly factors: Float64Array;
  /** How far each factor may be off. */
  readonly uncertain: Float64Array;
  readonly columns: Columns;
  /** By row: the largest |value|, and how far a value may be off, at most. */
  readonly sizes: Float64Array;
  readonly errors: Float64Array;
}

/** The columns of a matrix that never changes, by unit; null where one is 0. Indices ascend. */
export interface Columns {
  readonly count: number;
  /** The matrix itself, [rows, count], where it is dense. */
  readonly matrix: Float64Array | null;
  at(unit: number): Column | null;
}

/** Indices ascend. */
export interface Column extends SparseVector {
  /** The largest |value|. */
  readonly largest: number;
}
