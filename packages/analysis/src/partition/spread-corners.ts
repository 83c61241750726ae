import type { Mesh } from "./mesh";

/** Three corners of a face: one, the farthest from it, and the farthest from the line through both. */
export function spreadCorners({ place, origin, next }: Mesh, first: number): readonly [number, number, number] {
  const p = origin[first]!;
  const q = farthest(place, origin, next, first, p);
  return [p, q, farthestFromLine(place, origin, next, first, p, q)];
}

function farthest(place: Float64Array, origin: Int32Array, next: Int32Array, first: number, p: number): number {
  let [found, most] = [p, -1];
  for (let h = next[first]!; h !== first; h = next[h]!) {
    const v = origin[h]!;
    const ds = place[2 * v]! - place[2 * p]!;
    const dt = place[2 * v + 1]! - place[2 * p + 1]!;
    const distance = ds * ds + dt * dt;
    if (distance > most) {
      found = v;
      most = distance;
    }
  }
  return found;
}

function farthestFromLine(place: Float64Array, origin: Int32Array, next: Int32Array, first: number, p: number, q: number): number {
  const s = place[2 * p]!;
  const t = place[2 * p + 1]!;
  const ux = place[2 * q]! - s;
  const uy = place[2 * q + 1]! - t;
  let [found, most] = [p, -1];
  for (let h = next[first]!; h !== first; h = next[h]!) {
    const v = origin[h]!;
    const area = Math.abs(ux * (place[2 * v + 1]! - t) - uy * (place[2 * v]! - s));
    if (area > most) {
      found = v;
      most = area;
    }
  }
  return found;
}
