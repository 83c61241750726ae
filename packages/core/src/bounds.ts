/** Certified numbers: the type says which way a number bounds the truth. */
export interface Exact {
  readonly bound: "exact";
  readonly value: number;
}
/** The truth is at most `value`. */
export interface Upper {
  readonly bound: "upper";
  readonly value: number;
}
/** The truth is at least `value`. */
export interface Lower {
  readonly bound: "lower";
  readonly value: number;
}
/** Says nothing certain. */
export interface Estimate {
  readonly bound: "estimate";
  readonly value: number;
}

export const exact = (value: number): Exact => ({ bound: "exact", value });
export const upper = (value: number): Upper => ({ bound: "upper", value });
export const lower = (value: number): Lower => ({ bound: "lower", value });
export const estimate = (value: number): Estimate => ({ bound: "estimate", value });

/** The unit roundoff of float64, 2^-53. */
export const ROUNDOFF = 2 ** -53;

/** γ_n = n u / (1 - n u): n roundings change a sum of n terms by at most γ_n Σ|terms| (Higham 2002, §3.1). */
export function roundingBound(operations: number): number {
  const nu = operations * ROUNDOFF;
  return nu / (1 - nu);
}

/** `value`, computed with this many roundings of nonnegative terms, made an upper bound again. */
export function roundedUp(value: number, operations: number): Upper {
  return upper(value * (1 + 2 * roundingBound(operations + 1)));
}
