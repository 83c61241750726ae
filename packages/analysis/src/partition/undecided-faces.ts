import { ROUNDOFF } from "@maso/core";
import type { BoundedRows } from "./given-inputs";
import type { Mesh } from "./mesh";
import type { Scratch } from "./scratch";

/** The faces on which floats alone do not tell that one output is above all others at every corner (of one output, its sign). */
export function undecidedFaces(mesh: Mesh, { rows, size, errors }: BoundedRows, steepest: number, scratch: Scratch): Int32Array {
  const winners = scratch.whole("outputs above others", mesh.vertices);
  if (size === 1) writeSigns(mesh.vertices, rows, errors, mesh.off, steepest, winners);
  else writeWinners(mesh.vertices, rows, size, errors, mesh.off, steepest, winners);
  const found = scratch.whole("undecided faces", mesh.faces);
  const count = writeUndecided(mesh.faces, mesh.faceHalf, mesh.next, mesh.origin, winners, found);
  return found.slice(0, count);
}

/** By vertex: the output that is above all others for sure; −1: none is. */
function writeWinners(
  vertices: number,
  rows: Float64Array,
  size: number,
  errors: Float64Array,
  off: Float64Array,
  steepest: number,
  winners: Int32Array,
): void {
  for (let v = 0; v < vertices; v++) {
    let best = -Infinity;
    let second = -Infinity;
    let winner = 0;
    for (let k = 0, at = v * size; k < size; k++, at++) {
      const value = rows[at]!;
      if (value > best) {
        second = best;
        best = value;
        winner = k;
      } else if (value > second) second = value;
    }
    const doubt = 2 * (errors[v]! + steepest * off[v]!) + 8 * ROUNDOFF * (Math.abs(best) + Math.abs(second));
    winners[v] = best - second > doubt ? winner : -1;
  }
}

/** Of one output by vertex: 0 where it is above 0 for sure, 1 below; −1: neither. */
function writeSigns(
  vertices: number,
  rows: Float64Array,
  errors: Float64Array,
  off: Float64Array,
  steepest: number,
  signs: Int32Array,
): void {
  for (let v = 0; v < vertices; v++) {
    const value = rows[v]!;
    const doubt = 2 * (errors[v]! + steepest * off[v]!) + 8 * ROUNDOFF * Math.abs(value);
    signs[v] = value > doubt ? 0 : value < -doubt ? 1 : -1;
  }
}

/** Writes the faces whose corners do not all have the same winner. Gives how many there are. */
function writeUndecided(
  faces: number,
  faceHalf: Int32Array,
  next: Int32Array,
  origin: Int32Array,
  winners: Int32Array,
  found: Int32Array,
): number {
  let count = 0;
  for (let f = 0; f < faces; f++) {
    const first = faceHalf[f]!;
    const winner = winners[origin[first]!]!;
    let h = next[first]!;
    while (h !== first && winners[origin[h]!] === winner) h = next[h]!;
    if (winner < 0 || h !== first) found[count++] = f;
  }
  return count;
}
