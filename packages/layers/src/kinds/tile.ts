import { checkShape, formatShape, MasoError } from "@maso/core";
import { array, strictObject } from "valibot";
import { gatherByOffsets, offsetsAlong } from "../affine/gather-by-offsets";
import { type Chain, definePlugin, shaped } from "../define-plugin";
import { oneInput } from "../params/image-shape";
import { whole } from "../params/numbers";
import { asTheyLie, inputAt, onAxes } from "../params/on-axes";
import { wholesAt } from "../params/tfjs-operands";
import type { TfjsNode } from "../tfjs-node";

/** Copies laid end to end: multiples[axis] of them, the last multiple along the last axis; more multiples than axes make new leading axes. */
export const tile = definePlugin({
  kind: "tile",
  params: strictObject({ multiples: array(whole(1), "expected an array of multiples") }),
  build: ({ multiples }, inputs) => {
    const input = oneInput(inputs);
    const missing = multiples.length - input.length;
    if (missing < 0)
      throw new MasoError("shape", `expected one for each axis of input ${formatShape(input)}, got ${multiples.length}`, {
        at: "multiples",
      });
    checkShape(
      "tile",
      multiples.map((times, axis) => times * (input[axis - missing] ?? 1)),
    );
    return gatherByOffsets(
      input,
      multiples.map((times, axis) => {
        const once = axis < missing ? [0] : offsetsAlong(input, axis - missing);
        return new Array<readonly number[]>(times).fill(once).flat();
      }),
    );
  },
  tfjs: {
    layers: { RepeatVector: ({ config }) => ({ multiples: [Number(config.n), 1] }) },
    ops: { Tile: { anyLayout: tileNode } },
  },
});

function tileNode(node: TfjsNode): Chain {
  const value = inputAt(node, 0, "values");
  const multiples = asTheyLie(node, wholesAt(node, 1, "multiples"), "multiples");
  const steps = onAxes(
    value,
    multiples,
    (times) => times === 1,
    (own) => ({ kind: "tile", params: { multiples: own } }),
  );
  return shaped(
    value.shape.map((extent, axis) => extent * multiples[axis]!),
    ...steps,
  );
}
