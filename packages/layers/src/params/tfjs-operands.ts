import { MasoError, type Shape, sizeOf } from "@maso/core";
import type { TfjsNode, TfjsValue } from "../tfjs-node";
import type { Tensor } from "./tensor";

/** The inputs of a node that depend on the network's input. */
export function dataOf({ inputs }: TfjsNode): readonly TfjsValue[] {
  return inputs.filter(({ constant }) => constant === null);
}

/** Input i, which must be a constant: what it is for says the refusal where it is none, or the error where it is missing. */
export function constantAt(node: TfjsNode, i: number, role: string): Tensor {
  const value = node.inputs[i];
  if (value === undefined) throw new MasoError("format", `it has no input ${i}; expected its ${role}`);
  if (value.constant === null) throw new MasoError("refused", `its ${role} depends on the input, so that it is not an affine spline`);
  return value.constant;
}

/** Input i as whole numbers: axes, sizes, paddings. */
export function wholesAt(node: TfjsNode, i: number, role: string): readonly number[] {
  const { data } = constantAt(node, i, role);
  if (!data.every(Number.isInteger)) throw new MasoError("format", `its ${role} is [${data.join(", ")}]; expected whole numbers`);
  return [...data];
}

/** A shape without its batch of one. */
export function unbatched(shape: Shape): Shape {
  return shape[0] === 1 ? shape.slice(1) : shape;
}

/** An axis of a value with this shape as the axis of the network's own shape, which has no batch; −1 is the batch itself. */
export function unbatchedAxis(axis: number, shape: Shape): number {
  const whole = axis < 0 ? axis + shape.length : axis;
  if (!Number.isInteger(axis) || whole < 0 || whole >= shape.length)
    throw new MasoError("format", `axis ${axis} is out of range for shape [${shape.join(", ")}]`);
  return shape[0] === 1 ? whole - 1 : whole;
}

/** The shape that two shapes broadcast to, as TensorFlow does it. Throws "shape". */
export function broadcastShape(a: Shape, b: Shape): Shape {
  const rank = Math.max(a.length, b.length);
  return Array.from({ length: rank }, (_, axis) => {
    const x = a[axis - rank + a.length] ?? 1;
    const y = b[axis - rank + b.length] ?? 1;
    if (x !== y && x !== 1 && y !== 1) throw new MasoError("shape", `shapes [${a.join(", ")}] and [${b.join(", ")}] do not broadcast`);
    return x === 1 ? y : x;
  });
}

/** A tensor repeated to a shape that it broadcasts to: one value, one per last axis where that says all, else one per value. */
export function broadcastValues({ shape, data }: Tensor, to: Shape): Float64Array {
  if (data.length === 1) return data;
  if (data.length === (shape.at(-1) ?? 1) && shape.at(-1) === to.at(-1)) return data;
  const strides = to.map((_, axis) => {
    const own = axis - to.length + shape.length;
    return own < 0 || shape[own] === 1 ? 0 : sizeOf(shape.slice(own + 1));
  });
  return Float64Array.from({ length: sizeOf(to) }, (_, k) => {
    let at = 0;
    for (let axis = to.length - 1, rest = k; axis >= 0; axis--) {
      at += (rest % to[axis]!) * strides[axis]!;
      rest = Math.floor(rest / to[axis]!);
    }
    return data[at]!;
  });
}
