import { ROUNDOFF } from "@maso/core";
import type { ComplexLists } from "./complex-arrays";
import type { Mesh } from "./mesh";
import type { NumbersList } from "./numbers-list";

/**
 * Adds the faces of a block to a complex: areas and centroids about the first corner, and maps through three corners far apart. By face
 * also how far its map may be off, relative to its size, for the rounding of values at corners close together.
 */
export function measureFaces(
  { faces, faceHalf, place, origin, next }: Mesh,
  rows: Float64Array,
  size: number,
  complex: ComplexLists,
  roughness: NumbersList<Float64Array>,
): void {
  const firstFace = complex.areas.extend(faces);
  complex.centroids.extend(2 * faces);
  complex.maps.extend(3 * size * faces);
  roughness.extend(faces);
  const areas = complex.areas.data;
  const centroids = complex.centroids.data;
  const maps = complex.maps.data;
  const rough = roughness.data;
  for (let face = 0; face < faces; face++) {
    const first = faceHalf[face]!;
    const p = origin[first]!;
    const s0 = place[2 * p]!;
    const t0 = place[2 * p + 1]!;
    let q = p;
    let us = 0;
    let ut = 0;
    let farthest = -1;
    for (let h = next[first]!; h !== first; h = next[h]!) {
      const v = origin[h]!;
      const ds = place[2 * v]! - s0;
      const dt = place[2 * v + 1]! - t0;
      const distance = ds * ds + dt * dt;
      if (distance > farthest) {
        q = v;
        us = ds;
        ut = dt;
        farthest = distance;
      }
    }
    if (farthest === 0) us = farthest = 1;
    let r = p;
    let vs = 0;
    let vt = 0;
    let widest = 0;
    let ws = 0;
    let wt = 0;
    let area = 0;
    let cs = 0;
    let ct = 0;
    for (let h = next[first]!; h !== first; h = next[h]!) {
      const v = origin[h]!;
      const ds = place[2 * v]! - s0;
      const dt = place[2 * v + 1]! - t0;
      const across = us * dt - ut * ds;
      if (Math.abs(across) > Math.abs(widest)) {
        r = v;
        vs = ds;
        vt = dt;
        widest = across;
      }
      const twice = ws * dt - wt * ds;
      area += twice;
      cs += twice * (ws + ds);
      ct += twice * (wt + dt);
      ws = ds;
      wt = dt;
    }
    const f = firstFace + face;
    // Of a face thinner than the rounding of its corners the float area may come out below 0.
    areas[f] = area > 0 ? area / 2 : 0;
    centroids[2 * f] = area > 0 ? s0 + cs / (3 * area) : s0;
    centroids[2 * f + 1] = area > 0 ? t0 + ct / (3 * area) : t0;
    const length = Math.sqrt(farthest);
    const height = Math.abs(widest) / length;
    // How the outputs change across a face as thin as its corners' roundings is not known at all.
    const isFlat = !(height > 64 * ROUNDOFF * (Math.abs(s0) + Math.abs(t0) + length));
    if (isFlat) {
      vs = -ut;
      vt = us;
      r = p;
      widest = farthest;
    }
    let steepest = Number.MIN_VALUE;
    let largest = 0;
    for (let k = 0, at = 3 * size * f; k < size; k++, at += 3) {
      const value = rows[p * size + k]!;
      const du = rows[q * size + k]! - value;
      const dv = rows[r * size + k]! - value;
      const a = (du * vt - dv * ut) / widest;
      const b = (dv * us - du * vs) / widest;
      maps[at] = a;
      maps[at + 1] = b;
      maps[at + 2] = value - a * s0 - b * t0;
      if (Math.abs(a) > steepest) steepest = Math.abs(a);
      if (Math.abs(b) > steepest) steepest = Math.abs(b);
      if (Math.abs(value) > largest) largest = Math.abs(value);
    }
    rough[f] = isFlat ? Infinity : (64 * ROUNDOFF * (largest + steepest * (Math.abs(s0) + Math.abs(t0)))) / (height * steepest);
  }
}
