import { MasoError, type Shape, sameShape } from "@maso/core";
import { type Chain, type Step, shaped } from "../define-plugin";
import type { TfjsNode, TfjsValue } from "../tfjs-node";
import { unbatched } from "./tfjs-operands";

/**
 * The steps of an op that says something of each axis of a value, its batch included: none where it keeps them all, the value with its batch
 * where that is not kept.
 */
export function onAxes<T>(
  value: TfjsValue,
  perAxis: readonly T[],
  keeps: (each: T) => boolean,
  step: (perAxis: readonly T[]) => Step,
): readonly Step[] {
  if (perAxis.every(keeps)) return [];
  if (value.shape[0] !== 1) return [step(perAxis)];
  return keeps(perAxis[0]!) ? [step(perAxis.slice(1))] : [reshapeStep(value.shape), step(perAxis)];
}

/** What an op says of the axes of its first input, counted as they lie in it. */
export function asTheyLie<T>({ axis, inputs }: TfjsNode, perAxis: readonly T[], what: string): readonly T[] {
  const rank = inputs[0]!.shape.length;
  if (perAxis.length !== rank) throw new MasoError("format", `its ${what} names ${perAxis.length} axes; its input has ${rank}`);
  const result = [...perAxis];
  perAxis.forEach((each, i) => {
    result[axis(i)] = each;
  });
  return result;
}

/** Input i, which must be there. */
export function inputAt({ inputs }: TfjsNode, i: number, role: string): TfjsValue {
  const value = inputs[i];
  if (value === undefined) throw new MasoError("format", `it has no input ${i}; expected its ${role}`);
  return value;
}

/** The same values in another shape, given with its batch. */
export function reshapedChain(value: TfjsValue, whole: Shape): Chain {
  const own = unbatched(whole);
  return shaped(whole, ...(sameShape(own, unbatched(value.shape)) ? [] : [reshapeStep(own)]));
}

/** The same values in another shape, all of its axes. */
export function reshapeStep(shape: Shape): Step {
  return { kind: "reshape", params: { shape } };
}

/** An axis of a shape, from the end where negative. Throws "format". */
export function axisOf(axis: number, rank: number): number {
  const resolved = axis < 0 ? axis + rank : axis;
  if (Number.isInteger(axis) && resolved >= 0 && resolved < rank) return resolved;
  throw new MasoError("format", `axis ${axis} is out of range for ${rank} axes`);
}

/** The value repeated to a shape, given with its batch. */
export function broadcastSteps(value: TfjsValue, whole: Shape): readonly Step[] {
  const own = unbatched(whole);
  return sameShape(own, unbatched(value.shape)) ? [] : [{ kind: "broadcast", params: { shape: own } }];
}
