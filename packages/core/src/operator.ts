import type { AffineForm } from "./affine-form";
import type { Upper } from "./bounds";
import type { Compute } from "./compute/compute";
import type { Rows, Shape } from "./shape";
import type { SparseVector } from "./sparse-vector";

/** The norm in which a gain is measured, the same on both sides. */
export type Norm = 1 | 2 | "inf";

/**
 * x ↦ A x + b. Inputs count in order as one long vector: column j of A is the j-th value of all inputs laid end to end.
 * Operators hold no state and change no argument; a result may share memory with an argument, so nobody writes to either.
 */
export interface AffineOperator<P = unknown> {
  readonly type: "affine";
  /** For reports, files and kernels; analyses never read it. */
  readonly kind: string;
  /** Structured-cloneable: kind, params and input shapes rebuild the operator. */
  readonly params: P;
  readonly inputs: readonly Shape[];
  readonly output: Shape;
  /** b: output k has bias[k % bias.length]. */
  readonly bias: Float64Array;
  /** A v, one array of rows per input: a new array, or one of those given. */
  linear(v: readonly Rows[], compute: Compute): Rows;
  /** Aᵀ u, one array of rows per input. */
  adjoint(u: Rows, compute: Compute): readonly Rows[];
  /** Entries of A: the truth that exact arithmetic and the oracles read. */
  row(k: number): SparseVector;
  column(j: number): SparseVector;
  /** |A| r for r ≥ 0; derived from the rows where absent. */
  magnitude?(r: readonly Rows[], compute: Compute): Rows;
  /** A certified bound on ‖A‖, where the operator knows a good one. */
  gain?(norm: Norm): Upper;
  /** What A is made of, for bulk backends. */
  readonly form?: AffineForm;
}

/** Unit k reads the k-th value of each input. */
export interface Elementwise {
  readonly type: "elementwise";
}

/** Unit (y, x, c) reads one channel of a window of a channels-last image; padding is [before, after] per axis. */
export interface Window {
  readonly type: "window";
  readonly size: readonly number[];
  readonly strides: readonly number[];
  readonly dilations: readonly number[];
  readonly padding: readonly (readonly [number, number])[];
}

/** Unit k reads the values table[k·arity + i], counted through all inputs in order; -1 does not exist. */
export interface Indices {
  readonly type: "indices";
  readonly arity: number;
  readonly table: Int32Array;
}

export type Reads = Elementwise | Window | Indices;

/** R affine functions of `arity` values, one set per table row: piece r of row t is slopes[t, r, :]·v + offsets[t, r]. */
export interface AffineTable {
  readonly rows: number;
  readonly pieces: number;
  readonly arity: number;
  readonly slopes: Float64Array;
  readonly offsets: Float64Array;
}

/**
 * A vector quantizer whose cells carry affine maps: unit k uses row k % rows of its tables, and the piece whose selector
 * is largest (ties to the lowest index). At β < 1 it uses all of them, weighted by softmax(β/(1−β)·selectors)
 * ("From Hard to Soft", arXiv 1810.09274, eq. 9). A piece that reads a value that does not exist does not exist.
 */
export interface Quantizer<P = unknown> {
  readonly type: "quantizer";
  readonly kind: string;
  readonly params: P;
  readonly inputs: readonly Shape[];
  readonly output: Shape;
  readonly reads: Reads;
  /** "values": piece r is the r-th value read. */
  readonly pieces: AffineTable | "values";
  readonly selectors: "pieces" | "-pieces" | AffineTable;
  /** In [0, 1]; of an array, unit k has beta[k % beta.length]. */
  readonly beta: number | Float64Array;
}

export type Operator = AffineOperator | Quantizer;

/** What a layer plugin builds; the registry adds kind and params. */
export type AffineBody = Omit<AffineOperator, "kind" | "params">;
export type QuantizerBody = Omit<Quantizer, "kind" | "params">;
export type OperatorBody = AffineBody | QuantizerBody;
