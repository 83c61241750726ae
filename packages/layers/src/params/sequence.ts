import { type AffineBody, formatShape, MasoError, type Shape } from "@maso/core";
import { type GenericSchema, optional, picklist, tuple, union } from "valibot";
import { oneInput } from "./image-shape";
import { type Padding, type Pair, whole } from "./numbers";

/** "valid", "same" (as TensorFlow counts it) or zeros before and after. */
export type SequencePadding = "valid" | "same" | Pair;

const paddingValue: GenericSchema<SequencePadding, SequencePadding> = union(
  [picklist(["valid", "same"]), tuple([whole(0), whole(0)])],
  'expected "valid", "same" or [before, after]',
);

/** "valid" where absent. */
export const sequencePadding = optional(paddingValue, "valid");

/** The extents of a channels-last sequence. Throws "shape" where the input is none. */
export function sequenceShape(inputs: readonly Shape[]): readonly [length: number, channels: number] {
  const shape = oneInput(inputs);
  const [length, channels] = shape;
  if (shape.length !== 2 || length === undefined || channels === undefined)
    throw new MasoError("shape", `input ${formatShape(shape)} needs to be a sequence, [length, channels]`);
  return [length, channels];
}

/** The padding of a sequence as that of an image of width 1. */
export function columnPadding(padding: SequencePadding): Padding {
  return typeof padding === "string" ? padding : [padding, [0, 0]];
}

/** What an operator does to images of width 1, on sequences: the same values in the same order. */
export function onSequences(body: AffineBody): AffineBody {
  const flat = ([length, , channels]: Shape): Shape => [length!, channels!];
  return { ...body, inputs: body.inputs.map(flat), output: flat(body.output) };
}
