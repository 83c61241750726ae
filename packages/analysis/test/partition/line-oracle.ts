import type { Network } from "@maso/core";
import { type ConvexPolygon, clipSegment, hasInside } from "./convex-polygon";
import { type Fraction, lineThrough, type Point, pointOf, sameFraction, toNumber } from "./exact-plane";
import { oracle } from "./oracle";

/** The breakpoints of a network on a segment by the exact partition of a plane through it; null where the segment runs along a facet of it. */
export function lineOracle(network: Network, from: Float64Array, to: Float64Array): number[] | null {
  const window = Float64Array.of(-0.25, -0.25, 1.25, -0.25, 1.25, 1.25, -0.25, 1.25);
  const { regions } = oracle(network, { origin: new Float64Array(from.length), axes: [to, from], window });
  const parts = regions.map(({ polygon }) => partInside(polygon)).filter((part) => part !== null);
  parts.sort((a, b) => (before(a[0], b[0]) ? -1 : 1));
  const isWhole = parts.every(([start], i) => i === 0 || sameFraction(start, parts[i - 1]![1]));
  if (parts.length === 0 || !isWhole || toNumber(parts[0]![0]) !== 0 || toNumber(parts.at(-1)![1]) !== 1) return null;
  return parts.slice(1).map(([start]) => toNumber(start));
}

/** The part of the segment from (0, 1) to (1, 0) inside a polygon, as parameters. */
function partInside(polygon: ConvexPolygon): readonly [Fraction, Fraction] | null {
  const [start, end] = [pointOf(0, 1), pointOf(1, 0)];
  const line = lineThrough(start, end);
  let part: readonly [Point, Point] | null = [start, end];
  for (const side of polygon.lines) part &&= clipSegment(part, line, side);
  if (!part) return null;
  const [p, q] = part;
  const middle = { x: p.x * q.w + q.x * p.w, y: p.y * q.w + q.y * p.w, w: 2n * p.w * q.w };
  return hasInside(polygon, middle) ? [parameter(p), parameter(q)] : null;
}

const parameter = ({ x, w }: Point): Fraction => (w < 0n ? { n: -x, d: -w } : { n: x, d: w });

const before = (p: Fraction, q: Fraction): boolean => p.n * q.d < q.n * p.d;
