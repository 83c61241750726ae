import { inputSize, outputShape, sizeOf } from "@maso/core";
import { type Arbitrary, array, constantFrom, integer, oneof, record, tuple } from "fast-check";
import type { Subject } from "./subject";

/** What a law is checked on: x, y and v in the space of the inputs, u in that of the output. */
export interface Sample {
  readonly x: Float64Array;
  readonly y: Float64Array;
  readonly v: Float64Array;
  readonly u: Float64Array;
}

export function samples({ network }: Subject): Arbitrary<Sample> {
  const input = points(inputSize(network));
  return record({ x: input, y: input, v: input, u: points(sizeOf(outputShape(network))) });
}

/** Multiples of 2^-28 and whole numbers (which tie) up to 4, at scales that differ by powers of 2. */
function points(size: number): Arbitrary<Float64Array> {
  const fine = integer({ min: -(2 ** 30), max: 2 ** 30 }).map((value) => value / 2 ** 28);
  const coordinate = oneof({ weight: 4, arbitrary: fine }, { weight: 1, arbitrary: integer({ min: -4, max: 4 }) });
  const scale = constantFrom(1, 1, 1, 2 ** -12, 2 ** 8);
  return tuple(scale, array(coordinate, { minLength: size, maxLength: size })).map(([by, values]) =>
    Float64Array.from(values, (value) => value * by),
  );
}
