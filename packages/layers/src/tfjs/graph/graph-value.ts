import type { Head, Shape } from "@maso/core";
import type { Tensor } from "../../params/tensor";
import type { MadeBy } from "../../tfjs-node";

/** What a node of a graph gives. Shapes are whole: they count the batch, which is one. */
export type GraphValue = GraphConstant | GraphData | GraphUnknown;

export interface GraphConstant {
  readonly type: "constant";
  readonly shape: Shape;
  /** null: its type holds no numbers. */
  readonly tensor: Tensor | null;
  /** Of a whole-number type: an axis, a shape, a padding. */
  readonly whole: boolean;
}

/** Values that depend on the input. */
export interface GraphData {
  readonly type: "data";
  readonly source: number;
  readonly shape: Shape;
  /** Axis layout[j] of the shape is axis j in memory. */
  readonly layout: readonly number[];
  readonly madeBy: MadeBy | null;
  /** The node that transposed it, for the name of the operator that moves it where that is needed. */
  readonly via: { readonly id: string; readonly where: string } | null;
  /** Where it is a softmax, sigmoid or tanh and nothing but reshapes since: which, and the source of what that reads. */
  readonly head: { readonly head: Head; readonly source: number } | null;
  /** Behind something refused, or at a guessed input size: what fails here proves nothing. */
  readonly tentative: boolean;
}

/** Behind something whose shape could not be told; null for what follows from shapes alone. */
export interface GraphUnknown {
  readonly type: "unknown";
  readonly source: number | null;
}

export const straight = (rank: number): readonly number[] => Array.from({ length: rank }, (_, axis) => axis);

export function isStraight(layout: readonly number[]): boolean {
  return layout.every((axis, j) => axis === j);
}

/** The shape as it lies in memory. */
export function memoryShape({ shape, layout }: Pick<GraphData, "shape" | "layout">): Shape {
  return layout.map((axis) => shape[axis]!);
}

/** The value with its axes permuted: axis i of the result is axis permutation[i]. Nothing moves in memory. */
export function transposed<V extends Pick<GraphData, "shape" | "layout">>(value: V, permutation: readonly number[]): V {
  return {
    ...value,
    shape: permutation.map((axis) => value.shape[axis]!),
    layout: value.layout.map((axis) => permutation.indexOf(axis)),
  };
}

/** A tensor with its axes permuted as `transposed` does it, the values moved. */
export function transposeTensor({ shape, data }: Tensor, permutation: readonly number[]): Tensor {
  if (isStraight(permutation)) return { shape, data };
  const strides = shape.map((_, axis) => shape.slice(axis + 1).reduce((a, b) => a * b, 1));
  const output = permutation.map((axis) => shape[axis]!);
  const result = new Float64Array(data.length);
  const place = output.map(() => 0);
  for (let k = 0; k < result.length; k++) {
    result[k] = data[permutation.reduce((at, axis, i) => at + place[i]! * strides[axis]!, 0)]!;
    for (let axis = output.length - 1; axis >= 0 && ++place[axis]! === output[axis]; axis--) place[axis] = 0;
  }
  return { shape: output, data: result };
}
