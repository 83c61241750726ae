import type { Mesh } from "./mesh";

/** Three corners of a face: one, the farthest from it, and the farthest from the line through both. */
export function spreadCorners({ place, origin, next }: Mesh, first: number): readonly [number, number, number] {
  const p = origin[first]!;
  const [s, t] = [place[2 * p]!, place[2 * p + 1]!];
  let [q, r, most] = [p, p, -1];
  for (let h = next[first]!; h !== first; h = next[h]!) {
    const v = origin[h]!;
    const ds = place[2 * v]! - s;
    const dt = place[2 * v + 1]! - t;
    const distance = ds * ds + dt * dt;
    if (distance > most) {
      q = v;
      most = distance;
    }
  }
  most = -1;
  const [ux, uy] = [place[2 * q]! - s, place[2 * q + 1]! - t];
  for (let h = next[first]!; h !== first; h = next[h]!) {
    const v = origin[h]!;
    const area = Math.abs(ux * (place[2 * v + 1]! - t) - uy * (place[2 * v]! - s));
    if (area > most) {
      r = v;
      most = area;
    }
  }
  return [p, q, r];
}
