import { checkShape, formatShape, MasoError, sameShape } from "@maso/core";
import { array, strictObject } from "valibot";
import { gatherByOffsets, offsetsAlong } from "../affine/gather-by-offsets";
import { type Chain, definePlugin, shaped } from "../define-plugin";
import { oneInput } from "../params/image-shape";
import { whole } from "../params/numbers";
import { broadcastSteps, inputAt } from "../params/on-axes";
import { broadcastShape, wholesAt } from "../params/tfjs-operands";
import type { TfjsNode } from "../tfjs-node";

/** The values repeated along axes of extent 1 and new leading axes. */
export const broadcast = definePlugin({
  kind: "broadcast",
  params: strictObject({ shape: array(whole(1), "expected an array of extents") }),
  build: ({ shape }, inputs) => {
    const input = oneInput(inputs);
    const missing = shape.length - input.length;
    if (missing < 0 || !input.every((extent, axis) => extent === 1 || extent === shape[missing + axis]))
      throw new MasoError("shape", `input ${formatShape(input)} does not broadcast to ${formatShape(shape)}`, { at: "shape" });
    checkShape("broadcast", shape);
    return gatherByOffsets(
      input,
      shape.map((extent, axis) =>
        (input[axis - missing] ?? 1) === 1 ? new Array<number>(extent).fill(0) : offsetsAlong(input, axis - missing),
      ),
    );
  },
  tfjs: { ops: { BroadcastTo: broadcastNode } },
});

function broadcastNode(node: TfjsNode): Chain {
  const value = inputAt(node, 0, "values");
  const to = wholesAt(node, 1, "shape");
  if (!sameShape(broadcastShape(value.shape, to), to))
    throw new MasoError("format", `its input ${formatShape(value.shape)} does not broadcast to ${formatShape(to)}`);
  return shaped(to, ...broadcastSteps(value, to));
}
