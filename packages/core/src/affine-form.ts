import type { ConvGeometry } from "./compute/compute";

/**
 * What the matrix of an affine operator is made of, where that is something common. Bulk backends make their kernels of it, and
 * partitions leave out what is 0. An operator without runs there by its own `linear` and `adjoint`.
 */
export type AffineForm =
  | SameForm
  | GatherForm
  | MatrixForm
  | DiagonalForm
  | SparseForm
  | CombinationForm
  | ConvolutionForm
  | TransposedConvolutionForm
  | RepeatedForm;

/** Output k is value k of the only input. */
export interface SameForm {
  readonly type: "same";
}

/** Output k is the value index[k] of all inputs laid end to end, or 0 where index[k] is −1. */
export interface GatherForm {
  readonly type: "gather";
  readonly index: Int32Array;
}

/** A dense matrix, row-major [rows, columns], applied to every `columns` consecutive values of the only input. */
export interface MatrixForm {
  readonly type: "matrix";
  readonly weight: Float64Array;
  readonly rows: number;
  readonly columns: number;
}

/** Output k is scale[k % length] times value k of the only input. */
export interface DiagonalForm {
  readonly type: "diagonal";
  readonly scale: Float64Array;
}

/** Row k has the columns indices[rowStart[k] ... rowStart[k + 1] − 1] of the only input; rows and columns stand for `channels` values each. */
export interface SparseForm {
  readonly type: "sparse";
  readonly rowStart: Int32Array;
  readonly indices: Int32Array;
  readonly values: Float64Array;
  readonly channels: number;
}

/** Output k is Σ_i coefficients[i] · (value places[i][k] of input i); null: value k. */
export interface CombinationForm {
  readonly type: "combination";
  readonly coefficients: readonly number[];
  readonly places: readonly (Int32Array | null)[];
}

export interface ConvolutionForm {
  readonly type: "convolution";
  /** [kernel height][kernel width][channels / groups][outputs]. */
  readonly kernel: Float64Array;
  readonly geometry: ConvGeometry;
}

/** The adjoint of a convolution: from images of geometry.output to images of geometry.input. */
export interface TransposedConvolutionForm {
  readonly type: "transposed-convolution";
  readonly kernel: Float64Array;
  readonly geometry: ConvGeometry;
}

/** The same on each of `times` equal parts of the only input, one behind the other. */
export interface RepeatedForm {
  readonly type: "repeated";
  readonly times: number;
  readonly of: AffineForm;
}
