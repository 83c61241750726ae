import { type ConvexPolygon, chord, clipSegment, sidesOf } from "./convex-polygon";
import { dyadicToNumber, type Form, isZero, minus, type Point, toNumber, ZERO } from "./exact-plane";
import type { OracleRegion } from "./oracle";
import { intervalsOf, lengthOf, type PlaneIds, planeIds, type Segment } from "./segments-on-lines";
import { spectralNorm } from "./spectral-norm";

/** What is counted and measured of a partition. */
export interface OracleMeasures {
  /** Corners of regions; those that lie on a side of another region are among them. */
  readonly vertices: number;
  /** Segments between neighbouring vertices. */
  readonly edges: number;
  /** By region: how many vertices lie on its sides, corners included. */
  readonly verticesAround: readonly number[];
  /** What keeps the regions from tiling the window; empty where they do. */
  readonly gaps: readonly string[];
  /** Outputs on the slice that differ as exact affine functions. */
  readonly distinctMaps: number;
  readonly area: number;
  readonly boundaryLength: number;
  readonly maxLipschitzSlice: number;
  readonly maxOutput: readonly number[];
}

type Measured = Pick<OracleRegion, "polygon" | "outputs" | "area">;

export function measure(regions: readonly Measured[], window: ConvexPolygon): OracleMeasures {
  const idOf = planeIds();
  return {
    ...complexOf(regions, window, idOf),
    distinctMaps: countMaps(regions),
    area: regions.reduce((sum, { area }) => sum + area, 0),
    boundaryLength: boundaryLength(regions, idOf),
    maxLipschitzSlice: largestOf(regions.map(({ outputs }) => spectralNorm(outputs.map((form) => coefficients(form).slice(0, 2))))),
    maxOutput: regions[0]!.outputs.map((_, k) =>
      largestOf(regions.flatMap(({ polygon, outputs }) => polygon.corners.map((corner) => valueAt(outputs[k]!, corner)))),
    ),
  };
}

/** a, b and c of a·s + b·t + c as floats. */
export function coefficients({ a, b, c, e }: Form): number[] {
  return [a, b, c].map((m) => dyadicToNumber(m, e));
}

export function valueAt({ a, b, c, e }: Form, { x, y, w }: Point): number {
  const n = a * x + b * y + c * w;
  return toNumber(e >= 0 ? { n: n << BigInt(e), d: w } : { n, d: w << BigInt(-e) });
}

/** The regions' sides, cut at all vertices: each part has a region on either side, or is part of the window's side. */
function complexOf(
  regions: readonly Measured[],
  window: ConvexPolygon,
  idOf: PlaneIds,
): Pick<OracleMeasures, "vertices" | "edges" | "verticesAround" | "gaps"> {
  const owners: number[] = [];
  const sides = regions.flatMap(({ polygon }, region) =>
    sidesOf(polygon).map((side) => {
      owners.push(region);
      return side;
    }),
  );
  const outer = sidesOf(window).map(({ line, from, to }) => ({ line, from: to, to: from }));
  const verticesAround = new Array<number>(regions.length).fill(0);
  const vertices = new Set(sides.map(({ from }) => idOf.point(from)));
  const gaps: string[] = [];
  const intervals = intervalsOf([...sides, ...outer], idOf);
  for (const { forward, backward } of intervals) {
    if (forward.length !== 1 || backward.length !== 1) gaps.push(`a segment lies beside ${forward.length} and ${backward.length} faces`);
    for (const side of [...forward, ...backward]) if (side < sides.length) verticesAround[owners[side]!]!++;
  }
  return { vertices: vertices.size, edges: intervals.length, verticesAround, gaps };
}

function countMaps(regions: readonly Measured[]): number {
  const least = -largestOf(regions.flatMap(({ outputs }) => outputs.map(({ e }) => -e)));
  const key = ({ a, b, c, e }: Form): string => [a, b, c].map((m) => (m << BigInt(e - least)).toString(36)).join(" ");
  return new Set(regions.map(({ outputs }) => outputs.map(key).join(", "))).size;
}

/**
 * The length of the segments on which the two largest outputs tie, or on which the single output is 0, counted once each. Where two
 * outputs are the same function on a whole region they count as one there.
 */
function boundaryLength(regions: readonly Measured[], idOf: PlaneIds): number {
  const segments = regions.flatMap(({ polygon, outputs }) => tiesIn(polygon, outputs.length === 1 ? [outputs[0]!, ZERO] : outputs));
  return intervalsOf(segments, idOf).reduce((sum, interval) => sum + lengthOf(interval), 0);
}

function tiesIn(polygon: ConvexPolygon, values: readonly Form[]): Segment[] {
  return values.flatMap((f, i) =>
    values.slice(i + 1).flatMap((g) => {
      const line = minus(f, g);
      if (isZero(line) || (line.a === 0n && line.b === 0n)) return [];
      let ends = chord(polygon, line);
      for (const h of values) if (ends && h !== f && h !== g) ends = clipSegment(ends, line, minus(f, h));
      return ends ? [{ line, from: ends[0], to: ends[1] }] : [];
    }),
  );
}

/** The largest of any number of values. */
export function largestOf(values: readonly number[], least = -Infinity): number {
  return values.reduce((most, value) => Math.max(most, value), least);
}
