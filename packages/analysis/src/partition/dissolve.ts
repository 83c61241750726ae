import type { CutFaces } from "./cut-mesh";
import { codeAt } from "./level";
import type { Lines } from "./lines";
import { GONE, type Mesh } from "./mesh";
import type { Stage } from "./stages";

/**
 * Joins faces of one parent that use the same pieces: units of several values are cut along whole lines, parts of which separate
 * nothing. Regions are convex, so that what is joined is a polygon. Vertices from `given` on in which no more than two edges are left
 * are taken out too.
 */
export function dissolve(mesh: Mesh, given: number, cut: CutFaces, words: number, stage: Stage, lines: Lines): CutFaces {
  const { faces, parents } = cut;
  const joined = Int32Array.from({ length: mesh.faces }, (_, f) => f);
  const kept: number[] = [];
  for (let from = 0; from < faces.length; ) {
    let to = from + 1;
    while (to < faces.length && parents[to] === parents[from]) to++;
    const first = new Map<string, number>();
    for (let f = from; f < to; f++) {
      const key = to - from === 1 ? "" : codeAt({ words, faces: cut }, f, stage).join();
      const known = first.get(key);
      if (known !== undefined) joined[faces[f]!] = known;
      else {
        first.set(key, faces[f]!);
        kept.push(f);
      }
    }
    from = to;
  }
  if (kept.length === faces.length) return cut;
  joinFaces(mesh, faces, joined);
  straighten(mesh, given, lines);
  const rows = <T extends Uint32Array | Uint16Array>(array: T, width: number): T => {
    const result = new (array.constructor as new (length: number) => T)(kept.length * width);
    kept.forEach((f, i) => result.set(array.subarray(f * width, (f + 1) * width), i * width));
    return result;
  };
  return {
    faces: Int32Array.from(kept, (f) => faces[f]!),
    parents: Int32Array.from(kept, (f) => parents[f]!),
    positive: rows(cut.positive, words),
    negative: cut.negative && rows(cut.negative, words),
    winners: rows(cut.winners, cut.winners.length / faces.length),
  };
}

/** Takes out the edges between faces that are joined to the same one. */
function joinFaces(mesh: Mesh, faces: Int32Array, joined: Int32Array): void {
  const { face } = mesh;
  const groups = new Map<number, number[]>();
  for (const f of faces) if (joined[f] !== f) groups.set(joined[f]!, [...(groups.get(joined[f]!) ?? [joined[f]!]), f]);
  for (const [first, members] of groups) {
    const halves = members.flatMap((f) => mesh.halvesOf(f));
    for (const h of halves) {
      const other = face[h ^ 1]!;
      if (face[h] !== GONE && other >= 0 && joined[other] === first) mesh.removeEdge(h >> 1);
    }
    const left = halves.find((h) => face[h] !== GONE)!;
    mesh.faceHalf[first] = left;
    for (const h of mesh.halvesOf(first)) face[h] = first;
  }
}

/** Makes one edge of the two that meet in a vertex where no others do. */
function straighten(mesh: Mesh, given: number, lines: Lines): void {
  const { face, origin } = mesh;
  const degree = new Int32Array(mesh.vertices);
  const half = new Int32Array(mesh.vertices);
  for (let h = 0; h < 2 * mesh.edges; h++) {
    if (face[h] === GONE) continue;
    degree[origin[h]!]!++;
    if (face[h]! >= 0) half[origin[h]!] = h;
  }
  for (let v = given; v < mesh.vertices; v++) {
    if (degree[v] !== 2) continue;
    const out = half[v]!;
    const [far, back] = [origin[out ^ 1]!, mesh.previous[out]! ^ 1];
    // What is one line may have been found as several.
    lines.raiseOff(mesh.edgeLine[mesh.previous[out]! >> 1]!, lines.offOf(mesh.edgeLine[out >> 1]!));
    mesh.removeVertex(out);
    if (half[far] === (out ^ 1)) half[far] = back;
  }
}
