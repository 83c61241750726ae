import type { Sample } from "../samples";
import type { Subject } from "../subject";

/** A law that operators keep: `check` throws a sentence where it finds it broken. */
export interface Law {
  readonly name: string;
  appliesTo(subject: Subject): boolean;
  check(subject: Subject, sample: Sample): void;
}

export const always = (): boolean => true;
export const isAffine = ({ op }: Subject): boolean => op.type === "affine";
export const isQuantizer = ({ op }: Subject): boolean => op.type === "quantizer";
export const isHard = ({ hard }: Subject): boolean => hard;

/** Throws where two numbers are further apart than rounding explains. NaN is never close. */
export function close(what: string, actual: number, expected: number, within: number): void {
  if (!(Math.abs(actual - expected) <= within)) throw new Error(`${what} is ${actual}; ${expected} within ${within} was expected`);
}

export function holds(what: string, condition: boolean): void {
  if (!condition) throw new Error(what);
}

/** Throws where two arrays differ in any bit. */
export function same(what: string, actual: ArrayLike<number>, expected: ArrayLike<number>): void {
  holds(`${what}: ${actual.length} values; ${expected.length} were expected`, actual.length === expected.length);
  for (let i = 0; i < actual.length; i++)
    holds(`${what}: value ${i} is ${actual[i]}; exactly ${expected[i]} was expected`, Object.is(actual[i], expected[i]));
}

export function dot(a: ArrayLike<number>, b: ArrayLike<number>): number {
  let sum = 0;
  for (let i = 0; i < a.length; i++) sum += a[i]! * b[i]!;
  return sum;
}

/** Σ|a_i b_i|. */
export function absoluteDot(a: ArrayLike<number>, b: ArrayLike<number>): number {
  let sum = 0;
  for (let i = 0; i < a.length; i++) sum += Math.abs(a[i]! * b[i]!);
  return sum;
}

/** The unit vectors of a space, one row each. */
export function unitRows(size: number): Float64Array {
  const rows = new Float64Array(size * size);
  for (let i = 0; i < size; i++) rows[i * size + i] = 1;
  return rows;
}
