import type { ComplexArrays } from "./complex-arrays";
import type { Slice } from "./slice";

/**
 * The partition of a slice's window as a planar complex in flat arrays. A face is a region: a set of inputs with equal codes of all
 * units, where a ReLU and a max-pool of which one alone reads the other count as one unit. Vertices are combinatorial: no two coincide.
 */
export interface SlicePartition extends ComplexArrays {
  readonly slice: Slice;
  /** By face: 64 bits of a hash of the pieces of all units, the same where all pieces are. Made when they are first asked for. */
  readonly codeKeys: readonly string[];
  /** By face: the region after layer l that it lies in, [layers, faces]. */
  readonly regionOf: Int32Array;
  readonly layers: readonly PartitionLayer[];
  readonly outputs: number;
  /** Of several outputs where the two largest tie, of one output where it is 0: segments (s0, t0, s1, t1), [segments, 4]. */
  readonly boundary: Float64Array;
  readonly summary: PartitionSummary;
}

/** A quantizer, or a ReLU and a max-pool that count as one. */
export interface PartitionLayer {
  readonly id: string;
  readonly units: number;
  /** The number of regions after this layer. */
  readonly regions: number;
}

export interface PartitionSummary {
  readonly regions: number;
  /** Maps on the slice that differ as exact affine functions. */
  readonly distinctMaps: number;
  readonly vertices: number;
  readonly edges: number;
  readonly regionsAfterLayer: readonly number[];
  /** Of all faces together, and of the window by itself. */
  readonly area: number;
  readonly windowArea: number;
  readonly boundaryLength: number;
  /** Largest spectral norm over the regions of A·axes, in slice coordinates, and of A itself (null for more than 64 outputs of more than two inputs). */
  readonly maxLipschitzSlice: number;
  readonly maxLipschitzInput: number | null;
  /** By output: the largest value over the window. */
  readonly maxOutput: readonly number[];
  /** How many signs the float filter left to exact arithmetic. */
  readonly exactDecisions: number;
}
