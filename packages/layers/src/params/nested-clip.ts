import { sameShape } from "@maso/core";
import { type Chain, reading } from "../define-plugin";
import type { TfjsValue } from "../tfjs-node";
import { zip } from "./zip";

/** Numbers that values are held between: one, one per channel or one per value. */
export type Bound = number | Float64Array;

export interface Bounds {
  readonly min?: Bound;
  readonly max?: Bound;
}

/**
 * Bounds on values that are themselves slope·x + offset within bounds, as one clip of x: of Relu and Minimum, Maximum and Minimum in either
 * order. undefined where the values are no such thing, or where the two pairs of bounds do not overlap.
 */
export function nestedClip(values: TfjsValue, { min, max }: Bounds): Chain | undefined {
  const inner = innerClip(values);
  if (!inner) return undefined;
  const low = combined(inner.min, min, Math.max);
  const high = combined(inner.max, max, Math.min);
  if (!inOrder(min, inner.max) || !inOrder(inner.min, max) || !inOrder(low, high)) return undefined;
  const { root, slope, offset } = inner;
  return reading([root], {
    kind: "clip",
    params: { ...(low === undefined ? {} : { min: low }), ...(high === undefined ? {} : { max: high }), slope, offset },
  });
}

interface InnerClip extends Bounds {
  readonly slope: number;
  readonly offset: number;
  readonly root: TfjsValue;
}

/** The values as a clip, where the operator that made them is one. */
function innerClip({ madeBy, shape }: TfjsValue): InnerClip | null {
  const root = madeBy?.inputs[0];
  if (!madeBy || !root || !sameShape(root.shape, shape) || typeof madeBy.params !== "object" || madeBy.params === null) return null;
  const params: Readonly<Record<string, unknown>> = Object.fromEntries(Object.entries(madeBy.params));
  if (madeBy.kind === "relu") {
    const { maxValue, negativeSlope = 0, threshold = 0 } = params;
    if (negativeSlope !== 0 || threshold !== 0) return null;
    if (maxValue === undefined) return { min: 0, slope: 1, offset: 0, root };
    return typeof maxValue === "number" && maxValue >= 0 ? { min: 0, max: maxValue, slope: 1, offset: 0, root } : null;
  }
  const { min, max, slope, offset } = params;
  if (madeBy.kind !== "clip" || typeof slope !== "number" || typeof offset !== "number" || !isBound(min) || !isBound(max)) return null;
  return { min, max, slope, offset, root };
}

function isBound(value: unknown): value is Bound | undefined {
  return value === undefined || typeof value === "number" || value instanceof Float64Array;
}

const listed = (bound: Bound): Float64Array => (typeof bound === "number" ? Float64Array.of(bound) : bound);

function combined(a: Bound | undefined, b: Bound | undefined, choose: (a: number, b: number) => number): Bound | undefined {
  if (a === undefined || b === undefined) return a ?? b;
  if (typeof a === "number" && typeof b === "number") return choose(a, b);
  return zip(listed(a), listed(b), choose);
}

/** Nowhere is the lower bound above the upper one. */
function inOrder(low: Bound | undefined, high: Bound | undefined): boolean {
  return low === undefined || high === undefined || zip(listed(low), listed(high), (a, b) => Number(a <= b)).every((each) => each === 1);
}
