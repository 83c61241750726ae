/** Further than any screen, near enough for canvases, which count in float32, to draw straight. */
const FAR = 1e4;

export const isNear = (x: number, y: number): boolean => Math.abs(x) <= FAR && Math.abs(y) <= FAR;

/** The part of a convex polygon (x, y, x, y, ...) that lies near the screen. */
export function clipPolygon(polygon: readonly number[]): readonly number[] {
  return [0, 1].reduce((rest, axis) => cut(cut(rest, axis, 1), axis, -1), polygon);
}

/** The part on which sense · coordinate ≤ FAR. */
function cut(polygon: readonly number[], axis: number, sense: number): readonly number[] {
  const kept: number[] = [];
  for (let i = 0; i < polygon.length; i += 2) {
    const next = (i + 2) % polygon.length;
    const [a, b] = [FAR - sense * polygon[i + axis]!, FAR - sense * polygon[next + axis]!];
    if (a >= 0) kept.push(polygon[i]!, polygon[i + 1]!);
    if (a < 0 === b < 0) continue;
    const along = a / (a - b);
    kept.push(polygon[i]! + along * (polygon[next]! - polygon[i]!), polygon[i + 1]! + along * (polygon[next + 1]! - polygon[i + 1]!));
  }
  return kept;
}

/** The part of a segment (x0, y0, x1, y1) that lies near the screen; null where none does. */
export function clipSegment([x0, y0, x1, y1]: readonly [number, number, number, number]): readonly number[] | null {
  let [from, to] = [0, 1];
  for (const [start, step] of [[x0, x1 - x0] as const, [y0, y1 - y0] as const])
    for (const sense of [1, -1]) {
      const [room, rise] = [FAR - sense * start, sense * step];
      if (rise === 0 && room < 0) return null;
      if (rise > 0) to = Math.min(to, room / rise);
      if (rise < 0) from = Math.max(from, room / rise);
    }
  return from <= to ? [x0 + from * (x1 - x0), y0 + from * (y1 - y0), x0 + to * (x1 - x0), y0 + to * (y1 - y0)] : null;
}
