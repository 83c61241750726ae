import { ROUNDOFF } from "@maso/core";
import type { ComplexLists } from "./complex-arrays";
import type { Mesh } from "./mesh";
import type { NumbersList } from "./numbers-list";
import type { Scratch } from "./scratch";

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
  scratch: Scratch,
): void {
  const first = complex.areas.extend(faces);
  const mapsAt = complex.maps.extend(3 * size * faces);
  complex.centroids.extend(2 * faces);
  roughness.extend(faces);
  const corners = scratch.whole("corners of maps", 3 * faces);
  const shapes = scratch.real("shapes of faces", SHAPE * faces);
  measureAreas(faces, faceHalf, next, origin, place, first, complex.areas.data, complex.centroids.data);
  chooseCorners(faces, faceHalf, next, origin, place, corners, shapes);
  flattenThin(faces, corners, shapes);
  writeMaps(faces, corners, shapes, rows, size, mapsAt, complex.maps.data, first, roughness.data);
}

/** (s0, t0) of a face's first corner p, from there (us, ut) to q and (vs, vt) to r, the area that those span, and its height over the first; 0: flat. */
const SHAPE = 8;

function measureAreas(
  faces: number,
  faceHalf: Int32Array,
  next: Int32Array,
  origin: Int32Array,
  place: Float64Array,
  firstFace: number,
  areas: Float64Array,
  centroids: Float64Array,
): void {
  for (let face = 0, f = firstFace; face < faces; face++, f++) {
    const first = faceHalf[face]!;
    const p = origin[first]!;
    const s0 = place[2 * p]!;
    const t0 = place[2 * p + 1]!;
    let ws = 0;
    let wt = 0;
    let area = 0;
    let cs = 0;
    let ct = 0;
    for (let h = next[first]!; h !== first; h = next[h]!) {
      const v = origin[h]!;
      const ds = place[2 * v]! - s0;
      const dt = place[2 * v + 1]! - t0;
      const twice = ws * dt - wt * ds;
      area += twice;
      cs += twice * (ws + ds);
      ct += twice * (wt + dt);
      ws = ds;
      wt = dt;
    }
    // Of a face thinner than the rounding of its corners the float area may come out below 0.
    areas[f] = area > 0 ? area / 2 : 0;
    centroids[2 * f] = area > 0 ? s0 + cs / (3 * area) : s0;
    centroids[2 * f + 1] = area > 0 ? t0 + ct / (3 * area) : t0;
  }
}

/** Writes the corner q farthest from the first one, the corner r farthest from the line through those, and the shape they make, without its height. */
function chooseCorners(
  faces: number,
  faceHalf: Int32Array,
  next: Int32Array,
  origin: Int32Array,
  place: Float64Array,
  corners: Int32Array,
  shapes: Float64Array,
): void {
  for (let face = 0, at = 0; face < faces; face++, at += SHAPE) {
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
    }
    corners[3 * face] = p;
    corners[3 * face + 1] = q;
    corners[3 * face + 2] = r;
    shapes[at] = s0;
    shapes[at + 1] = t0;
    shapes[at + 2] = us;
    shapes[at + 3] = ut;
    shapes[at + 4] = vs;
    shapes[at + 5] = vt;
    shapes[at + 6] = widest;
    shapes[at + 7] = farthest;
  }
}

/** Writes heights in place of squared lengths. How the outputs change across a face as thin as its corners' roundings is not known at all. */
function flattenThin(faces: number, corners: Int32Array, shapes: Float64Array): void {
  for (let face = 0, at = 0; face < faces; face++, at += SHAPE) {
    const farthest = shapes[at + 7]!;
    const length = Math.sqrt(farthest);
    const height = Math.abs(shapes[at + 6]!) / length;
    if (height > 64 * ROUNDOFF * (Math.abs(shapes[at]!) + Math.abs(shapes[at + 1]!) + length)) {
      shapes[at + 7] = height;
      continue;
    }
    corners[3 * face + 2] = corners[3 * face]!;
    shapes[at + 4] = -shapes[at + 3]!;
    shapes[at + 5] = shapes[at + 2]!;
    shapes[at + 6] = farthest;
    shapes[at + 7] = 0;
  }
}

function writeMaps(
  faces: number,
  corners: Int32Array,
  shapes: Float64Array,
  rows: Float64Array,
  size: number,
  mapsAt: number,
  maps: Float64Array,
  firstFace: number,
  rough: Float64Array,
): void {
  for (let face = 0, to = mapsAt; face < faces; face++) {
    const p = corners[3 * face]! * size;
    const q = corners[3 * face + 1]! * size;
    const r = corners[3 * face + 2]! * size;
    const at = SHAPE * face;
    const s0 = shapes[at]!;
    const t0 = shapes[at + 1]!;
    const us = shapes[at + 2]!;
    const ut = shapes[at + 3]!;
    const vs = shapes[at + 4]!;
    const vt = shapes[at + 5]!;
    const widest = shapes[at + 6]!;
    const height = shapes[at + 7]!;
    let steepest = Number.MIN_VALUE;
    let largest = 0;
    for (let k = 0; k < size; k++, to += 3) {
      const value = rows[p + k]!;
      const du = rows[q + k]! - value;
      const dv = rows[r + k]! - value;
      const a = (du * vt - dv * ut) / widest;
      const b = (dv * us - du * vs) / widest;
      maps[to] = a;
      maps[to + 1] = b;
      maps[to + 2] = value - a * s0 - b * t0;
      if (Math.abs(a) > steepest) steepest = Math.abs(a);
      if (Math.abs(b) > steepest) steepest = Math.abs(b);
      if (Math.abs(value) > largest) largest = Math.abs(value);
    }
    const doubt = 64 * ROUNDOFF * (largest + steepest * (Math.abs(s0) + Math.abs(t0)));
    rough[firstFace + face] = height > 0 ? doubt / (height * steepest) : Infinity;
  }
}
