import type { Scene } from "./scene";

/** Finds the face at a point: a grid of cells, each with the faces that may reach into it. */
export function faceGrid(scene: Scene): (s: number, t: number) => number {
  const { faces, bounds, boxes } = scene;
  const [s0, t0, s1, t1] = bounds;
  const size = Math.max(1, Math.min(MOST_CELLS, Math.ceil(Math.sqrt(faces))));
  const column = (s: number): number => cell((s - s0) / (s1 - s0), size);
  const row = (t: number): number => cell((t - t0) / (t1 - t0), size);
  const start = new Int32Array(size * size + 1);
  const visit = (use: (cell: number, face: number) => void): void => {
    for (let face = 0; face < faces; face++) {
      const last = row(boxes[4 * face + 3]!);
      for (let y = row(boxes[4 * face + 1]!); y <= last; y++) {
        const [low, high] = reach(scene, face, t0 + ((t1 - t0) * y) / size, t0 + ((t1 - t0) * (y + 1)) / size);
        for (let x = Math.max(0, column(low) - 1); x <= Math.min(size - 1, column(high) + 1); x++) use(y * size + x, face);
      }
    }
  };
  visit((at) => start[at + 1]!++);
  for (let at = 0; at < size * size; at++) start[at + 1]! += start[at]!;
  const next = start.slice();
  const list = new Int32Array(start[size * size]!);
  visit((at, face) => {
    list[next[at]!++] = face;
  });
  return (s, t) => {
    if (!(s >= s0 && s <= s1 && t >= t0 && t <= t1)) return -1;
    const at = row(t) * size + column(s);
    for (let i = start[at]!; i < start[at + 1]!; i++) if (holds(scene, list[i]!, s, t)) return list[i]!;
    return -1;
  };
}

const MOST_CELLS = 512;

const cell = (share: number, size: number): number => Math.min(size - 1, Math.max(0, Math.floor(share * size)));

/** The least and the greatest s of a face between two values of t. */
function reach({ vertices, faceStart, faceVertices }: Scene, face: number, low: number, high: number): readonly [number, number] {
  let [least, most] = [Infinity, -Infinity];
  const [from, to] = [faceStart[face]!, faceStart[face + 1]!];
  for (let i = from; i < to; i++) {
    const [a, b] = [2 * faceVertices[i]!, 2 * faceVertices[i + 1 === to ? from : i + 1]!];
    const [sa, ta, sb, tb] = [vertices[a]!, vertices[a + 1]!, vertices[b]!, vertices[b + 1]!];
    if (Math.max(ta, tb) < low || Math.min(ta, tb) > high) continue;
    for (const t of [Math.min(Math.max(ta, low), high), Math.min(Math.max(tb, low), high)]) {
      const s = ta === tb ? sa : sa + ((t - ta) / (tb - ta)) * (sb - sa);
      [least, most] = [Math.min(least, s, ta === tb ? sb : s), Math.max(most, s, ta === tb ? sb : s)];
    }
  }
  return [least, most];
}

/** On the left of every side, which run counter-clockwise. */
function holds({ vertices, faceStart, faceVertices }: Scene, face: number, s: number, t: number): boolean {
  const [from, to] = [faceStart[face]!, faceStart[face + 1]!];
  for (let i = from; i < to; i++) {
    const [a, b] = [2 * faceVertices[i]!, 2 * faceVertices[i + 1 === to ? from : i + 1]!];
    const [sa, ta] = [vertices[a]!, vertices[a + 1]!];
    if ((vertices[b]! - sa) * (t - ta) - (vertices[b + 1]! - ta) * (s - sa) < 0) return false;
  }
  return true;
}
