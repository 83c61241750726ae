import type { UnitBits } from "../../codes";

/**
 * What the kernels need to know of a quantizer, beside its tables. A table is planar: entry i of piece r of row t (its slope on value i, or
 * its offset where i is the arity) stands at (r · (arity + 1) + i) · rows + t.
 */
export interface UnitSpec {
  readonly count: number;
  /** R. */
  readonly pieces: number;
  readonly arity: number;
  readonly inputSize: number;
  /** Some values that units read do not exist. */
  readonly anyMissing: boolean;
  /** Rows of the pieces' table; 0: piece r is the r-th value. */
  readonly tableRows: number;
  /** Rows of the selectors' table; 0: selectors are selectorSign times the pieces. */
  readonly selectorRows: number;
  readonly selectorSign: 1 | -1;
  /** Unit k has η = eta[k % etaLength], negative where it is hard; 0: all units are. */
  readonly etaLength: number;
  /** How many runs of units that move together there are, each a multiple of four; 0: not all units are in such. */
  readonly runs: number;
  /** Of packed codes. */
  readonly bits: UnitBits;
  readonly words: number;
}

/** The arrays that go with it; null where the spec says that there is none, or where unit k reads value k. */
export interface UnitArrays {
  /** [count, arity], −1 where nothing is. */
  readonly reads: Int32Array | null;
  readonly table: Float32Array | null;
  readonly selectors: Float32Array | null;
  readonly eta: Float32Array | null;
}
