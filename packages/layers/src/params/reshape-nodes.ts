import { formatShape, MasoError, sizeOf } from "@maso/core";
import type { Chain } from "../define-plugin";
import type { TfjsNode } from "../tfjs-node";
import { axisOf, inputAt, reshapedChain } from "./on-axes";
import { wholesAt } from "./tfjs-operands";

/** Input (values, shape); one extent may be −1: whatever is left. */
export function reshapeNode(node: TfjsNode): Chain {
  const value = inputAt(node, 0, "values");
  const given = wholesAt(node, 1, "shape");
  const rest = sizeOf(value.shape) / sizeOf(given.filter((extent) => extent !== -1));
  const whole = given.map((extent) => (extent === -1 ? rest : extent));
  if (sizeOf(whole) !== sizeOf(value.shape) || !whole.every((extent) => Number.isInteger(extent) && extent > 0))
    throw new MasoError(
      "shape",
      `${sizeOf(value.shape)} values (a batch of one, ${formatShape(value.shape)}) do not fit into ${formatShape(given)}`,
    );
  return reshapedChain(value, whole);
}

/** Without the axes that are named, or without all axes of 1. */
export function squeezeNode(node: TfjsNode): Chain {
  const value = inputAt(node, 0, "values");
  const { shape } = value;
  const named = node.attributes
    .numbers(node.attributes.has("axis") ? "axis" : "squeeze_dims", [])
    .map((axis) => axisOf(axis, shape.length));
  const wrong = named.find((axis) => shape[axis] !== 1);
  if (wrong !== undefined) throw new MasoError("shape", `axis ${wrong} of ${formatShape(shape)} has ${shape[wrong]} values; expected 1`);
  return reshapedChain(
    value,
    shape.filter((extent, axis) => (named.length > 0 ? !named.includes(axis) : extent !== 1)),
  );
}

/** Input (values, axis): an axis of 1 more. */
export function expandNode(node: TfjsNode): Chain {
  const value = inputAt(node, 0, "values");
  const at = axisOf(wholesAt(node, 1, "axis")[0] ?? 0, value.shape.length + 1);
  return reshapedChain(value, [...value.shape.slice(0, at), 1, ...value.shape.slice(at)]);
}
