import type { Selection } from "../choice";
import type { Rows } from "../shape";
import type { Units } from "../units";
import type { RowKernels } from "./row-kernels";

/** The heavy float64 loops. Arguments are never written to; row i of a result depends on row i of the rows alone, to the bit. */
export interface Compute {
  readonly name: string;
  /** A·B, row-major [m, n]; A is [m, k] ([k, m] when transposeA), B is [k, n] ([n, k] when transposeB). */
  matmul(a: Float64Array, b: Float64Array, dims: MatmulDims): Float64Array;
  /** Cross-correlation of channels-last images without bias; x is [rows, ...input], the result [rows, ...output]. */
  convolve(x: Float64Array, kernel: Float64Array, geometry: ConvGeometry): Float64Array;
  /** The adjoint of convolve in x; u is [rows, ...output], the result [rows, ...input]. */
  convolveAdjoint(u: Float64Array, kernel: Float64Array, geometry: ConvGeometry): Float64Array;
  /** The piece that each hard unit selects, ties to the lowest index, and its value; v is [rows, inputSize]. The same bits everywhere. */
  quantizeHard(units: Units, v: Rows): Selection;
  /** Loops over rows in memory of their own, which goes with them; plain ones where absent. */
  rowKernels?(): Promise<RowKernels>;
}

export interface MatmulDims {
  readonly m: number;
  readonly k: number;
  readonly n: number;
  readonly transposeA?: boolean;
  readonly transposeB?: boolean;
}

/**
 * out[y, x, d] = Σ_{i, j, c} in[y·strides[0] + i·dilations[0] − top, x·strides[1] + j·dilations[1] − left, g·C + c] · kernel[i, j, c, d]
 * with C = channels / groups and g = ⌊d / (outputs / groups)⌋; positions outside the image hold zeros.
 * The kernel array is [kernel height][kernel width][C][outputs].
 */
export interface ConvGeometry {
  readonly input: readonly [height: number, width: number, channels: number];
  readonly output: readonly [height: number, width: number, channels: number];
  readonly kernel: readonly [height: number, width: number];
  readonly strides: readonly [number, number];
  readonly dilations: readonly [number, number];
  readonly padding: readonly [readonly [top: number, bottom: number], readonly [left: number, right: number]];
  readonly groups: number;
}
