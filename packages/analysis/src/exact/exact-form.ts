import { type ExactPoint, pointOf } from "./exact-point";

/** The affine form a·s + b·t + c of the slice, times a positive scale that whoever made it names. */
export interface ExactForm {
  readonly a: bigint;
  readonly b: bigint;
  readonly c: bigint;
}

/** The sign of a form at a point. */
export function signAt({ a, b, c }: ExactForm, { x, y, w }: ExactPoint): -1 | 0 | 1 {
  return signOf(a * x + b * y + c * w);
}

/** Zero on both points, positive to the left of p → q: det(p, q, ·). */
export function lineThrough(p: ExactPoint, q: ExactPoint): ExactForm {
  return { a: p.y * q.w - p.w * q.y, b: p.w * q.x - p.x * q.w, c: p.x * q.y - p.y * q.x };
}

/** The point where both forms are zero; null where their lines are parallel or one, or a form is constant. */
export function intersection(f: ExactForm, g: ExactForm): ExactPoint | null {
  return pointOf(f.b * g.c - f.c * g.b, f.c * g.a - f.a * g.c, f.a * g.b - f.b * g.a);
}

export function signOf(value: bigint): -1 | 0 | 1 {
  return value > 0n ? 1 : value < 0n ? -1 : 0;
}
