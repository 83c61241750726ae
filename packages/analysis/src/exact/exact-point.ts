import { lowestBit, wholeMultiple, withoutCommonTwos } from "./dyadic";
import { nearestFloat } from "./nearest-float";

/** The point (x / w, y / w) of the slice, w > 0, without common factors of two; other common factors may be left. */
export interface ExactPoint {
  readonly x: bigint;
  readonly y: bigint;
  readonly w: bigint;
}

/** The point (s, t) of two finite floats. */
export function exactPoint(s: number, t: number): ExactPoint {
  const e = Math.min(lowestBit(s), lowestBit(t), 0);
  return { x: wholeMultiple(s, e), y: wholeMultiple(t, e), w: 1n << BigInt(-e) };
}

/** The point of homogeneous coordinates; null where w = 0: there is none. */
export function pointOf(x: bigint, y: bigint, w: bigint): ExactPoint | null {
  if (w === 0n) return null;
  const reduced = withoutCommonTwos([x, y, w] as const);
  return w > 0n ? { x: reduced[0], y: reduced[1], w: reduced[2] } : { x: -reduced[0], y: -reduced[1], w: -reduced[2] };
}

export function samePoint(p: ExactPoint, q: ExactPoint): boolean {
  return p.x * q.w === q.x * p.w && p.y * q.w === q.y * p.w;
}

/** The nearest floats. */
export function toFloat({ x, y, w }: ExactPoint): readonly [s: number, t: number] {
  return [nearestFloat(x, w), nearestFloat(y, w)];
}
