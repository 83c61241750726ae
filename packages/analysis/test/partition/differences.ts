import type { SlicePartition } from "../../src/partition/partition-result";
import { areaOf, hasInside } from "./convex-polygon";
import { pointOf } from "./exact-plane";
import type { OraclePartition } from "./oracle";
import { coefficients, largestOf } from "./oracle-measures";
import { lengthOf } from "./segments-on-lines";

const RELATIVE = 1e-9;

/** Of the window's area. */
const THIN = 1e-11;

/** Where a partition differs from the oracle's; empty where it does not. */
export function differences(partition: SlicePartition, expected: OraclePartition): string[] {
  const { summary } = partition;
  const found: string[] = [];
  const compare = (name: string, got: unknown, want: unknown): void => {
    if (JSON.stringify(got) !== JSON.stringify(want))
      found.push(`${name}: ${JSON.stringify(got)}, the oracle's is ${JSON.stringify(want)}`);
  };
  const close = (name: string, got: number, want: number, scale: number): void => {
    if (!(Math.abs(got - want) <= RELATIVE * Math.max(Math.abs(want), scale))) found.push(`${name}: ${got}, the oracle's is ${want}`);
  };
  compare("regions", summary.regions, expected.regions.length);
  compare("regionsAfterLayer", summary.regionsAfterLayer, expected.regionsAfterLayer);
  compare("vertices", summary.vertices, expected.vertices);
  compare("edges", summary.edges, expected.edges);
  compare("distinctMaps", summary.distinctMaps, expected.distinctMaps);
  close("area", summary.area, expected.area, 0);
  close("windowArea", summary.windowArea, areaOf(expected.window).area, 0);
  // Lengths, slopes and values that cancel out are measured by the size of what they are made of.
  close("boundaryLength", summary.boundaryLength, expected.boundaryLength, 1e-3 * diameter(expected));
  close("maxLipschitzSlice", summary.maxLipschitzSlice, expected.maxLipschitzSlice, 0);
  const size = largestCoefficient(expected);
  expected.maxOutput.forEach((want, k) => close(`maxOutput[${k}]`, summary.maxOutput[k]!, want, size));
  return [...found, ...differentFaces(partition, expected, size)];
}

/** Lays faces and regions together, by an inner point of each face. */
function differentFaces(partition: SlicePartition, { regions, window, verticesAround }: OraclePartition, size: number): string[] {
  const { areas, centroids, faceStart, maps, regionOf, layers, outputs } = partition;
  const found: string[] = [];
  const faceOf = new Map<number, number>();
  const whole = areaOf(window).area;
  for (let face = 0; face < areas.length; face++) {
    const point = pointOf(centroids[2 * face]!, centroids[2 * face + 1]!);
    const at = regions.findIndex(({ polygon }) => hasInside(polygon, point));
    // A face thinner than the rounding of its vertices is counted above; floats say no more of it.
    if (areas[face]! <= THIN * whole) continue;
    if (at < 0) {
      found.push(`face ${face}: its centroid lies in no region`);
      continue;
    }
    if (faceOf.has(at)) found.push(`faces ${faceOf.get(at)} and ${face} lie in one region`);
    faceOf.set(at, face);
    const { area, outputs: forms } = regions[at]!;
    if (Math.abs(areas[face]! - area) > RELATIVE * area + 1e-12 * whole)
      found.push(`face ${face}: area ${areas[face]}, the oracle's is ${area}`);
    const corners = faceStart[face + 1]! - faceStart[face]!;
    if (corners !== verticesAround[at]) found.push(`face ${face}: ${corners} vertices, the oracle counts ${verticesAround[at]}`);
    const map = maps.subarray(3 * outputs * face, 3 * outputs * (face + 1));
    const wrong = forms.flatMap(coefficients).findIndex((value, i) => !(Math.abs(value - map[i]!) <= RELATIVE * size));
    if (wrong >= 0) found.push(`face ${face}: its map differs at ${wrong}`);
  }
  regions.forEach(({ area }, at) => {
    if (!faceOf.has(at) && area > 2 * THIN * whole) found.push(`region ${at} of area ${area} has no face`);
  });
  layers.forEach(({ id }, l) => {
    const pairs = [...faceOf].map(([at, face]) => [regions[at]!.within[l]!, regionOf[l * areas.length + face]!] as const);
    const names = new Set(pairs.map(String)).size;
    if (
      pairs.some(([, name]) => name === undefined) ||
      names !== new Set(pairs.map(([a]) => a)).size ||
      names !== new Set(pairs.map(([, b]) => b)).size
    )
      found.push(`${id}: faces are not nested in the regions after the layer as the oracle has it`);
  });
  return found;
}

function diameter({ window: { corners } }: OraclePartition): number {
  return Math.max(...corners.flatMap((from) => corners.map((to) => lengthOf({ from, to }))));
}

function largestCoefficient({ regions }: OraclePartition): number {
  return largestOf(
    regions.flatMap(({ outputs }) => outputs.flatMap(coefficients).map(Math.abs)),
    Number.MIN_VALUE,
  );
}
