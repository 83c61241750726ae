import { MasoError, type Shape, sizeOf } from "@maso/core";
import type { Tensor } from "../../params/tensor";
import { broadcastShape, broadcastValues } from "../../params/tfjs-operands";
import type { TfjsAttributes } from "../../tfjs-node";

/** Evaluates an op that no layer stands for, on constants. Arithmetic is that of float64. */
export type ConstantOp = (inputs: readonly Tensor[], attributes: TfjsAttributes) => Tensor;

const scalar = (value: number): Tensor => ({ shape: [], data: Float64Array.of(value) });

const unary =
  (f: (x: number) => number): ConstantOp =>
  ([x]) => ({ shape: x!.shape, data: x!.data.map(f) });

const binary =
  (f: (x: number, y: number) => number): ConstantOp =>
  ([x, y]) => {
    const shape = broadcastShape(x!.shape, y!.shape);
    const [a, b] = [broadcastValues(x!, shape), broadcastValues(y!, shape)];
    return { shape, data: Float64Array.from({ length: sizeOf(shape) }, (_, i) => f(a[i % a.length]!, b[i % b.length]!)) };
  };

const filled = (shape: Shape, value: number): Tensor => ({ shape, data: new Float64Array(sizeOf(shape)).fill(value) });

/** What shapes and weights go through besides the ops of layers, which are run as they are. */
export const constantOps: Readonly<Record<string, ConstantOp>> = {
  Cast: ([x], attributes) => (/INT/.test(attributes.text("DstT")) ? { shape: x!.shape, data: x!.data.map(Math.trunc) } : x!),
  Sqrt: unary(Math.sqrt),
  Rsqrt: unary((x) => 1 / Math.sqrt(x)),
  Square: unary((x) => x * x),
  Exp: unary(Math.exp),
  Log: unary(Math.log),
  Reciprocal: unary((x) => 1 / x),
  Floor: unary(Math.floor),
  Ceil: unary(Math.ceil),
  Sign: unary(Math.sign),
  ZerosLike: ([x]) => filled(x!.shape, 0),
  OnesLike: ([x]) => filled(x!.shape, 1),
  Pow: binary((x, y) => x ** y),
  Mul: binary((x, y) => x * y),
  RealDiv: binary((x, y) => x / y),
  Div: binary((x, y) => x / y),
  FloorDiv: binary((x, y) => Math.floor(x / y)),
  FloorMod: binary((x, y) => x - Math.floor(x / y) * y),
  Maximum: binary(Math.max),
  Minimum: binary(Math.min),
  Fill: ([dims, value]) => filled([...dims!.data], value!.data[0]!),
  Range: ([start, limit, delta]) => {
    const [from, to, by] = [start!.data[0]!, limit!.data[0]!, delta!.data[0]!];
    if (by === 0) throw new MasoError("format", "its delta is 0; expected a step");
    const length = Math.max(0, Math.ceil((to - from) / by));
    return { shape: [length], data: Float64Array.from({ length }, (_, i) => from + i * by) };
  },
  Prod: ([x, axes], attributes) => {
    const rank = x!.shape.length;
    const every = new Set([...axes!.data].map((axis) => (axis < 0 ? axis + rank : axis))).size === rank;
    if (!every) throw new MasoError("format", "a product over some of the axes of a constant; expected one over all");
    const value = x!.data.reduce((a, b) => a * b, 1);
    return attributes.flag("keep_dims", false)
      ? filled(
          x!.shape.map(() => 1),
          value,
        )
      : scalar(value);
  },
};

/** What follows from the shape of a value alone. */
export const shapeOps: Readonly<Record<string, (shape: Shape) => Tensor>> = {
  Shape: (shape) => ({ shape: [shape.length], data: Float64Array.from(shape) }),
  Rank: (shape) => scalar(shape.length),
  Size: (shape) => scalar(sizeOf(shape)),
  ZerosLike: (shape) => filled(shape, 0),
  OnesLike: (shape) => filled(shape, 1),
};

/** The operands that a layer's rule takes as data when all of them are constants. */
export function foldedOperands(op: string, count: number): readonly number[] {
  const all = Array.from({ length: count }, (_, i) => i);
  if (op === "Pack" || op === "AddN") return all;
  if (op === "ConcatV2") return all.slice(0, -1);
  return op === "Concat" || op === "Split" ? [1] : [0];
}
