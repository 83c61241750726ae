import { formatShape, MasoError, type Shape, sizeOf } from "@maso/core";
import { array, boolean, integer, number, optional, pipe } from "valibot";
import { type Chain, shaped } from "../define-plugin";
import type { TfjsNode } from "../tfjs-node";
import { unbatched, unbatchedAxis, wholesAt } from "./tfjs-operands";

/** The parameters of a layer that sums up axes: all of them where `axes` is absent; a summed axis stays as an extent of 1 with `keepDims`. */
export const reductionParams = {
  axes: optional(array(pipe(number("expected a number"), integer("expected a whole number")), "expected an array of axes")),
  keepDims: optional(boolean("expected true or false"), false),
};

export interface ReducedAxes {
  readonly axes?: readonly number[];
  readonly keepDims: boolean;
}

export interface Reduction {
  readonly output: Shape;
  /** How many values each output sums up. */
  readonly arity: number;
  /** [outputs, arity]: the values behind each output, in row-major order. */
  readonly table: Int32Array;
}

/** What each output of a reduction over axes reads. Throws "params" where an axis is out of range or given twice. */
export function reduction(shape: Shape, { axes, keepDims }: ReducedAxes): Reduction {
  const reduced = new Set((axes ?? shape.map((_, axis) => axis)).map((axis, i) => checkedAxis(axis, i, shape)));
  if (axes && reduced.size !== axes.length)
    throw new MasoError("params", `expected each axis once, got [${axes.join(", ")}]`, { at: "axes" });
  const kept = shape.map((extent, axis) => (reduced.has(axis) ? 1 : extent));
  const count = sizeOf(kept);
  const arity = sizeOf(shape) / count;
  const table = new Int32Array(sizeOf(shape));
  const filled = new Int32Array(count);
  for (let j = 0; j < table.length; j++) {
    const k = outputOf(j, shape, kept);
    table[k * arity + filled[k]!++] = j;
  }
  return { output: keepDims ? kept : shape.filter((_, axis) => !reduced.has(axis)), arity, table };
}

function checkedAxis(axis: number, i: number, shape: Shape): number {
  const resolved = axis < 0 ? axis + shape.length : axis;
  if (resolved >= 0 && resolved < shape.length) return resolved;
  throw new MasoError("params", `axis ${axis} is out of range for input ${formatShape(shape)}`, { at: `axes.${i}` });
}

/** The output that value j belongs to, where axes of extent 1 are summed up. */
function outputOf(j: number, shape: Shape, kept: Shape): number {
  let k = 0;
  for (let axis = shape.length - 1, step = 1, rest = j; axis >= 0; axis--) {
    k += Math.min(rest % shape[axis]!, kept[axis]! - 1) * step;
    step *= kept[axis]!;
    rest = Math.floor(rest / shape[axis]!);
  }
  return k;
}

/** A graph's reduction (input, axes; keep_dims) as one layer of this kind. The batch, of one, may be among its axes. */
export function reductionNode(node: TfjsNode, kind: string): Chain {
  const whole = node.inputs[0]!.shape;
  const given = node.inputs.length > 1 ? wholesAt(node, 1, "axes") : whole.map((_, axis) => axis);
  const places = given.map((axis) => unbatchedAxis(axis, whole));
  const axes = places.filter((axis) => axis >= 0);
  const keepDims = node.attributes.flag("keep_dims", false);
  const own = unbatched(whole);
  const { output } = reduction(own, { axes, keepDims });
  const leading = whole.length === own.length || (places.includes(-1) && !keepDims) ? [] : [1];
  return shaped(
    [...leading, ...output],
    axes.every((axis) => own[axis] === 1) ? { kind: "identity", params: {} } : { kind, params: { axes, keepDims } },
  );
}
