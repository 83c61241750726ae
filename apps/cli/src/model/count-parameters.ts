import type { Network, Operator } from "@maso/core";

/** The numbers among an operator's parameters: weights, biases, slopes; settings like strides do not count. */
export function countParameters({ params }: Operator): number {
  return total(numbersIn(params));
}

/** Those of all layers; what layers share counts once. */
export function countAllParameters({ nodes }: Network): number {
  return total(new Set(nodes.flatMap(({ op }) => numbersIn(op.params))));
}

function numbersIn(value: unknown): readonly Float64Array[] {
  if (value instanceof Float64Array) return [value];
  if (typeof value !== "object" || value === null || ArrayBuffer.isView(value)) return [];
  return Object.values(value).flatMap(numbersIn);
}

function total(arrays: Iterable<Float64Array>): number {
  let count = 0;
  for (const { length } of arrays) count += length;
  return count;
}
