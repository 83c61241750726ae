import { type GenericSchema, integer, number, pipe } from "valibot";

/** A whole number of either sign: an axis counted from the front or from the end, a place along one. */
export const integerValue: GenericSchema<number, number> = pipe(number("expected a number"), integer("expected a whole number"));
