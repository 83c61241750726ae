import { type Shape, sizeOf } from "@maso/core";
import { type GenericSchema, pipe, rawTransform, unknown } from "valibot";

/** Numbers with a shape, row-major. */
export interface Tensor {
  readonly shape: Shape;
  readonly data: Float64Array;
}

/** Nested arrays of numbers, or the tensor itself. */
export type TensorInput = Tensor | NestedNumbers | Float64Array;
export interface NestedNumbers extends ReadonlyArray<number | NestedNumbers> {}

/** A parameter that is a tensor of this rank: a nested array of numbers in files. All numbers must be finite. */
export function tensor(rank: number): GenericSchema<TensorInput, Tensor> {
  return anyRank((shape) => (shape.length === rank ? null : `expected ${rank} levels of arrays, got ${shape.length}`));
}

/** A parameter that is a tensor of any rank; `problem` says what is wrong with a shape, or null. */
export function anyRank(problem: (shape: Shape) => string | null): GenericSchema<TensorInput, Tensor> {
  return pipe(
    unknown(),
    rawTransform(({ dataset, addIssue, NEVER }) => {
      const result = readTensor(dataset.value);
      const message = typeof result === "string" ? result : problem(result.shape);
      if (message === null) return result as Tensor;
      addIssue({ message });
      return NEVER;
    }),
  ) as unknown as GenericSchema<TensorInput, Tensor>;
}

export function isTensor(value: unknown): value is Tensor {
  return (
    typeof value === "object" &&
    value !== null &&
    "shape" in value &&
    "data" in value &&
    value.data instanceof Float64Array &&
    Array.isArray(value.shape)
  );
}

/** More axes than any tensor has. */
const DEEPEST = 32;

/** The tensor, or what is wrong with it. */
export function readTensor(value: unknown): Tensor | string {
  if (isTensor(value)) {
    if (value.data.length !== sizeOf(value.shape)) return `expected ${sizeOf(value.shape)} values, got ${value.data.length}`;
    return value.data.every(Number.isFinite) ? value : "expected finite numbers";
  }
  if (value instanceof Float64Array) return readTensor({ shape: [value.length], data: value });
  const shape: number[] = [];
  for (let level = value; Array.isArray(level); level = level[0]) shape.push(level.length);
  if (shape.length > DEEPEST) return `expected at most ${DEEPEST} levels of arrays, got ${shape.length}`;
  if (shape.length === 0) return "expected an array of numbers";
  if (shape.includes(0)) return "expected at least one number, got an empty array";
  const data = new Float64Array(sizeOf(shape));
  const problem = fill(value, shape, 0, data, 0);
  return problem ?? { shape, data };
}

function fill(value: unknown, shape: Shape, axis: number, data: Float64Array, from: number): string | null {
  if (axis === shape.length) {
    if (typeof value !== "number") return `expected numbers, got ${value === null ? "null" : typeof value}`;
    if (!Number.isFinite(value)) return "expected finite numbers";
    data[from] = value;
    return null;
  }
  if (!Array.isArray(value)) return "expected arrays of equal depth";
  if (value.length !== shape[axis])
    return `expected ${shape[axis]} ${axis === 1 && shape.length === 2 ? "columns" : "values"}, got ${value.length}`;
  const step = sizeOf(shape.slice(axis + 1));
  for (let i = 0; i < value.length; i++) {
    const problem = fill(value[i], shape, axis + 1, data, from + i * step);
    if (problem) return problem;
  }
  return null;
}

/** A tensor as nested arrays, for files. */
export function nestedNumbers({ shape, data }: Tensor): NestedNumbers {
  const build = (axis: number, from: number): NestedNumbers => {
    const step = sizeOf(shape.slice(axis + 1));
    if (axis === shape.length - 1) return [...data.subarray(from, from + shape[axis]!)];
    return Array.from({ length: shape[axis]! }, (_, i) => build(axis + 1, from + i * step));
  };
  return build(0, 0);
}
