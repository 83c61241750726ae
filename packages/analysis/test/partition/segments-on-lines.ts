import { type Line, type Point, toNumber } from "./exact-plane";

/** A segment of a line; `from` and `to` in the order in which a polygon to its left goes along it. */
export interface Segment {
  readonly line: Line;
  readonly from: Point;
  readonly to: Point;
}

/** Between two neighbouring ends of segments on one line. */
export interface Interval {
  readonly from: Point;
  readonly to: Point;
  /** The segments (by index) that cover it, in the direction of the line's order and against it. */
  readonly forward: readonly number[];
  readonly backward: readonly number[];
}

/** Cuts segments at the ends of all others on their line, and lays equal parts together; parts that nothing covers are left out. */
export function intervalsOf(segments: readonly Segment[], idOf: PlaneIds): Interval[] {
  const byLine = new Map<number, number[]>();
  segments.forEach(({ line }, i) => {
    const id = idOf.line(line);
    byLine.set(id, [...(byLine.get(id) ?? []), i]);
  });
  return [...byLine.values()].flatMap((members) => intervalsOnLine(segments, members, idOf));
}

function intervalsOnLine(segments: readonly Segment[], members: readonly number[], idOf: PlaneIds): Interval[] {
  const ends = new Map<number, Point>();
  for (const i of members) for (const end of [segments[i]!.from, segments[i]!.to]) ends.set(idOf.point(end), end);
  const steep = segments[members[0]!]!.line.b === 0n;
  const along = ({ x, y }: Point): bigint => (steep ? y : x);
  const sorted = [...ends].sort(([, p], [, q]) => order(along(p) * q.w - along(q) * p.w));
  const place = new Map(sorted.map(([id], i) => [id, i]));
  const intervals = sorted.slice(1).map(([, to], i) => ({ from: sorted[i]![1], to, forward: [] as number[], backward: [] as number[] }));
  for (const i of members) {
    const from = place.get(idOf.point(segments[i]!.from))!;
    const to = place.get(idOf.point(segments[i]!.to))!;
    for (let at = Math.min(from, to); at < Math.max(from, to); at++) intervals[at]![from < to ? "forward" : "backward"].push(i);
  }
  return intervals.filter(({ forward, backward }) => forward.length + backward.length > 0);
}

const order = (difference: bigint): number => (difference > 0n ? 1 : difference < 0n ? -1 : 0);

export function lengthOf({ from, to }: Pick<Segment, "from" | "to">): number {
  const d = from.w * to.w;
  return Math.hypot(toNumber({ n: to.x * from.w - from.x * to.w, d }), toNumber({ n: to.y * from.w - from.y * to.w, d }));
}

/** Numbers for points and lines: equal ones, however they are written, have one number. */
export interface PlaneIds {
  point(point: Point): number;
  line(line: Line): number;
}

export function planeIds(): PlaneIds {
  return {
    point: ids<Point>(
      ({ x, y, w }) => `${quotient(x, w)} ${quotient(y, w)}`,
      (p, q) => p.x * q.w === q.x * p.w && p.y * q.w === q.y * p.w,
    ),
    line: ids<Line>(
      ({ a, b, c }) => (a === 0n ? `${quotient(c, b)}` : `${quotient(b, a)} ${quotient(c, a)}`),
      (f, g) => f.a * g.b === g.a * f.b && f.a * g.c === g.a * f.c && f.b * g.c === g.b * f.c,
    ),
  };
}

/** Depends on the value of n / d alone, not on how it is written. */
const quotient = (n: bigint, d: bigint): bigint => (n << 80n) / d;

/** Values that are the same share their key; the converse is left to `same`. */
function ids<V extends object>(key: (value: V) => string, same: (u: V, v: V) => boolean): (value: V) => number {
  const buckets = new Map<string, { value: V; id: number }[]>();
  const known = new WeakMap<V, number>();
  let count = 0;
  return (value) => {
    let id = known.get(value);
    if (id !== undefined) return id;
    const at = key(value);
    const bucket = buckets.get(at) ?? [];
    buckets.set(at, bucket);
    id = bucket.find((other) => same(other.value, value))?.id;
    if (id === undefined) {
      id = count++;
      bucket.push({ value, id });
    }
    known.set(value, id);
    return id;
  };
}
