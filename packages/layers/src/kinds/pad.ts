import { checkShape, formatShape, MasoError } from "@maso/core";
import { array, check, forward, optional, picklist, pipe, strictObject, tuple } from "valibot";
import { gather } from "../affine/gather";
import { offsetIndex, offsetsAlong, range } from "../affine/gather-by-offsets";
import { type Chain, definePlugin, refuse, shaped } from "../define-plugin";
import { oneInput } from "../params/image-shape";
import { type Pair, real, whole } from "../params/numbers";
import { asTheyLie, inputAt, onAxes } from "../params/on-axes";
import { constantAt, wholesAt } from "../params/tfjs-operands";
import type { TfjsNode } from "../tfjs-node";

type Mode = "constant" | "reflect" | "symmetric";

/** More values around all axes: [before, after] of each, one number, or the input mirrored with its outermost values (symmetric) or without. */
export const pad = definePlugin({
  kind: "pad",
  params: pipe(
    strictObject({
      paddings: array(
        tuple([whole(0), whole(0)], "expected a pair of whole numbers of at least 0"),
        "expected [before, after] of each axis",
      ),
      mode: optional(picklist(["constant", "reflect", "symmetric"], "expected constant, reflect or symmetric"), "constant"),
      value: optional(real, 0),
    }),
    forward(
      check(({ mode, value }) => mode === "constant" || value === 0, "expected none, since the mode is not constant"),
      ["value"],
    ),
  ),
  build: ({ paddings, mode, value }, inputs) => {
    const shape = oneInput(inputs);
    if (paddings.length !== shape.length)
      throw new MasoError("shape", `expected the ${shape.length} axes of input ${formatShape(shape)}, got ${paddings.length}`, {
        at: "paddings",
      });
    const output = shape.map((extent, axis) => extent + paddings[axis]![0] + paddings[axis]![1]);
    checkShape("pad", output);
    const offsets = shape.map((extent, axis) => offsetsAlong(shape, axis, paddedPlaces(extent, paddings[axis]!, mode, axis)));
    const index = offsetIndex(offsets);
    const body = gather([shape], output, index);
    return value === 0 ? body : { ...body, bias: Float64Array.from(index, (at) => (at < 0 ? value : 0)) };
  },
  tfjs: {
    ops: {
      Pad: { anyLayout: (node) => padded(node, "constant", node.attributes.number("constant_value", 0)) },
      PadV2: { anyLayout: (node) => padded(node, "constant", node.inputs.length < 3 ? 0 : constantAt(node, 2, "constant value").data[0]!) },
      MirrorPad: {
        anyLayout: (node) => {
          const mode = node.attributes.text("mode").toLowerCase();
          return mode === "reflect" || mode === "symmetric" ? padded(node, mode, 0) : refuse(`its mode ${mode} is not known`);
        },
      },
    },
  },
});

/** The places that a padded axis reads, −1 for none. */
function paddedPlaces(extent: number, [before, after]: Pair, mode: Mode, axis: number): readonly number[] {
  const places = range(before + extent + after, -before);
  if (mode === "constant") return places.map((at) => (at < extent ? Math.max(at, -1) : -1));
  const repeated = mode === "symmetric" ? 1 : 0;
  const most = extent - 1 + repeated;
  if (Math.max(before, after) > most)
    throw new MasoError("shape", `${mode} mirrors at most ${most} of ${extent} values, got [${before}, ${after}]`, {
      at: `paddings.${axis}`,
    });
  return places.map((at) => (at < 0 ? -at - repeated : at < extent ? at : 2 * (extent - 1) - at + repeated));
}

function padded(node: TfjsNode, mode: Mode, value: number): Chain {
  const input = inputAt(node, 0, "values");
  const flat = wholesAt(node, 1, "paddings");
  const given = range(flat.length / 2).map((axis): Pair => [flat[2 * axis]!, flat[2 * axis + 1]!]);
  const paddings = asTheyLie(node, given, "paddings");
  const steps = onAxes(
    input,
    paddings,
    ([before, after]) => before === 0 && after === 0,
    (own) => ({ kind: "pad", params: { paddings: own, mode, value } }),
  );
  return shaped(
    input.shape.map((extent, axis) => extent + paddings[axis]![0] + paddings[axis]![1]),
    ...steps,
  );
}
