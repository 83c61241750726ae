import type { CutFaces } from "./cut-mesh";
import { codeAt, type Level } from "./level";
import type { Mesh } from "./mesh";
import type { Stage } from "./stages";

/**
 * Joins faces of one parent that use the same pieces: units of several values are cut along whole lines, parts of which separate
 * nothing. Regions are convex, so that what is joined is a polygon.
 */
export function dissolve(mesh: Mesh, cut: CutFaces, level: Pick<Level, "words" | "faces">, stage: Stage): CutFaces {
  const group = cut.cycles.map((_, f) => f);
  const words = level.words;
  for (let from = 0; from < group.length; ) {
    let to = from + 1;
    while (to < group.length && cut.parents[to] === cut.parents[from]) to++;
    if (to - from > 1) {
      const first = new Map<string, number>();
      for (let f = from; f < to; f++) {
        const key = codeAt(level, f, stage).join();
        group[f] = first.get(key) ?? f;
        if (group[f] === f) first.set(key, f);
      }
    }
    from = to;
  }
  if (group.every((first, f) => first === f)) return cut;
  const members = new Map<number, number[]>();
  group.forEach((first, f) => members.set(first, [...(members.get(first) ?? []), f]));
  const kept = [...members.keys()].sort((a, b) => a - b);
  const cycles = kept.map((first) => {
    const faces = members.get(first)!;
    return faces.length === 1
      ? cut.cycles[first]!
      : outline(
          mesh,
          faces.map((f) => cut.cycles[f]!),
        );
  });
  const gather = (bits: Uint32Array): Uint32Array => {
    const result = new Uint32Array(kept.length * words);
    kept.forEach((first, i) => {
      for (const f of members.get(first)!) for (let w = 0; w < words; w++) result[i * words + w]! |= bits[f * words + w]!;
    });
    return result;
  };
  const width = cut.winners.length / cut.cycles.length;
  const winners = new Uint16Array(kept.length * width);
  kept.forEach((first, i) => winners.set(cut.winners.subarray(first * width, (first + 1) * width), i * width));
  return {
    cycles,
    parents: Int32Array.from(kept, (first) => cut.parents[first]!),
    positive: gather(cut.positive),
    negative: gather(cut.negative),
    winners,
  };
}

/** The outline of polygons that make one polygon: their half-edges but for those whose other half is theirs too. */
function outline(mesh: Mesh, cycles: readonly (readonly number[])[]): readonly number[] {
  const halves = new Set(cycles.flat());
  const outer = new Map<number, number>();
  for (const half of halves) if (!halves.has(half ^ 1)) outer.set(mesh.origin(half), half);
  const start = outer.values().next().value as number;
  const result = [start];
  for (let half = outer.get(mesh.origin(start ^ 1))!; half !== start; half = outer.get(mesh.origin(half ^ 1))!) result.push(half);
  return result;
}
