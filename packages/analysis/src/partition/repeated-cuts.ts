import type { Units } from "@maso/core";
import type { Cuts, LineRule } from "./cuts";

/** Whether unit k is the same function of input k for all k. */
export const areAlike = ({ reads, arity, selectors }: Units): boolean =>
  reads === null && arity === 1 && (selectors === null || selectors.rows === 1);

/** The cuts of units that are all as the first one, whose cuts those are: each unit has its own, as it reads another input. */
export function repeated(first: Cuts, { count: units, inputSize }: Units): Cuts {
  const { count } = first;
  const [rule] = first.rules as readonly [LineRule];
  const ofUnit = (k: number): LineRule => ({ ...rule, cuts: rule.cuts.map(({ cut, sign }) => ({ cut: k * count + cut, sign })) });
  return {
    ...first,
    count: units * count,
    start: Int32Array.from({ length: units * count + 1 }, (_, c) => c),
    reads: Int32Array.from({ length: units * count }, (_, c) => Math.floor(c / count)),
    slopes: times(first.slopes, units),
    offsets: times(first.offsets, units),
    slopeSizes: times(first.slopeSizes, units),
    offsetSizes: times(first.offsetSizes, units),
    areExact: times(first.areExact, units),
    units: Int32Array.from({ length: units * count }, (_, c) => Math.floor(c / count)),
    pieces: times(first.pieces, units),
    others: times(first.others, units),
    rules: Array.from({ length: units }, (_, k) => ofUnit(k)),
    cutOfInput: Int32Array.from({ length: inputSize }, (_, i) => (first.cutOfInput[0] === -1 ? -1 : i * count + first.cutOfInput[0]!)),
    areInputs: first.arePlain && count === 1 && first.slopes[0] === 1 && first.slopeSizes[0] === 1,
    readers: Array.from({ length: units * count }, (_, c) => first.readers[c % count]!.map(() => Math.floor(c / count))),
  };
}

function times<T extends Float64Array | Int32Array>(values: T, count: number): T {
  const all = new (values.constructor as new (length: number) => T)(count * values.length);
  for (let k = 0; k < count; k++) all.set(values as never, k * values.length);
  return all;
}
