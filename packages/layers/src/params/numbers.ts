import { finite, type GenericSchema, integer, minValue, number, optional, picklist, pipe, transform, tuple, union } from "valibot";
import { anyRank, type TensorInput } from "./tensor";

const finiteNumber = pipe(number("expected a number"), finite("expected a finite number"));

/** A finite number. */
export const real: GenericSchema<number, number> = finiteNumber;

/** A whole number of at least `least`. */
export function whole(least: number): GenericSchema<number, number> {
  return pipe(
    number("expected a number"),
    integer("expected a whole number"),
    minValue(least, `expected a whole number of at least ${least}`),
  );
}

/** What a parameter of numbers needs to be; says "finite" of numbers only, which the registry reads as the fault. */
export function numbersExpected({ input }: { readonly input: unknown }): string {
  return `expected a number or an array of ${typeof input === "number" || Array.isArray(input) ? "finite " : ""}numbers`;
}

/** A vector; one number stands for a vector of length 1. */
export const vector: GenericSchema<number | TensorInput, Float64Array> = union(
  [
    pipe(
      finiteNumber,
      transform((value) => Float64Array.of(value)),
    ),
    pipe(
      anyRank((shape) => (shape.length === 1 ? null : "expected one level of numbers")),
      transform(({ data }) => data),
    ),
  ],
  numbersExpected,
);

export type Pair = readonly [number, number];

/** Height and width; one number stands for both. */
export function pair(least: number): GenericSchema<number | Pair, Pair> {
  const one = whole(least);
  return union(
    [
      pipe(
        one,
        transform((value): Pair => [value, value]),
      ),
      tuple([one, one]),
    ],
    `expected a whole number of at least ${least}, or a pair of them`,
  );
}

/** "valid", "same" (as TensorFlow counts it) or zeros before and after each axis. */
export type Padding = "valid" | "same" | readonly [Pair, Pair];

const edge = tuple([whole(0), whole(0)]);
const paddingValue: GenericSchema<Padding, Padding> = union(
  [picklist(["valid", "same"]), tuple([edge, edge])],
  'expected "valid", "same" or [[top, bottom], [left, right]]',
);

/** "valid" where absent. */
export const padding = optional(paddingValue, "valid");
