import type { SlicePartition } from "../../src/partition/partition-result";
import type { Slice } from "../../src/partition/slice";
import { areaOf, sidesOf } from "./convex-polygon";
import { type Point, toNumber } from "./exact-plane";
import type { OraclePartition } from "./oracle";
import { coefficients } from "./oracle-measures";
import { intervalsOf, planeIds } from "./segments-on-lines";

/** The oracle's partition in the form of the engine's, so that what compares the two can be tested by itself. Boundary and layers' names left out. */
export function asSlicePartition(slice: Slice, { regions, regionsAfterLayer, window, ...measures }: OraclePartition): SlicePartition {
  const idOf = planeIds();
  const owners = regions.flatMap(({ polygon }, face) => polygon.lines.map(() => face));
  const sides = regions.flatMap(({ polygon }) => sidesOf(polygon));
  const intervals = intervalsOf(sides, idOf);
  const points = new Map<number, Point>();
  for (const { from, to } of intervals) for (const point of [from, to]) points.set(idOf.point(point), point);
  const place = new Map([...points.keys()].map((id, i) => [id, i]));
  const onSide = sides.map((): number[] => []);
  // Along its line a side has its intervals in the order in which they come; a side that goes against it, the other way round.
  intervals.forEach(({ forward, backward }, edge) => {
    for (const side of forward) onSide[side]!.push(edge);
    for (const side of backward) onSide[side]!.unshift(edge);
  });
  const around = regions.map((): number[] => []);
  onSide.forEach((edges, side) => {
    around[owners[side]!]!.push(...edges);
  });
  const owner = (side: number | undefined): number => (side === undefined ? -1 : owners[side]!);
  const edges = intervals.map(({ from, to }) => [place.get(idOf.point(from))!, place.get(idOf.point(to))!] as const);
  const edgeFaces = intervals.map(({ forward, backward }) => [owner(forward[0]), owner(backward[0])] as const);
  const faceVertices = around.flatMap((list, face) => list.map((edge) => edges[edge]![edgeFaces[edge]![0] === face ? 0 : 1]));
  const corners = regions.map(({ polygon }) => polygon.corners.map(floats));
  return {
    slice,
    vertices: Float64Array.from([...points.values()].flatMap(floats)),
    edges: Int32Array.from(edges.flat()),
    edgeFaces: Int32Array.from(edgeFaces.flat()),
    edgeLayers: Int32Array.from(edgeFaces, (faces) => (faces.includes(-1) ? -1 : 0)),
    edgeUnits: new Int32Array(edges.length),
    faceStart: Int32Array.from([0, ...around.map((_, i) => around.slice(0, i + 1).flat().length)]),
    faceVertices: Int32Array.from(faceVertices),
    faceEdges: Int32Array.from(around.flat()),
    areas: Float64Array.from(regions, ({ area }) => area),
    centroids: Float64Array.from(
      corners.flatMap((list) => [0, 1].map((i) => list.reduce((sum, point) => sum + point[i]!, 0) / list.length)),
    ),
    maps: Float64Array.from(regions.flatMap(({ outputs }) => outputs.flatMap(coefficients))),
    codeKeys: regions.map(({ code }) => JSON.stringify(code)),
    regionOf: Int32Array.from(regionsAfterLayer.flatMap((_, l) => regions.map(({ within }) => within[l]!))),
    layers: regionsAfterLayer.map((count, l) => ({ id: String(l), units: regions[0]!.code[l]!.length, regions: count })),
    outputs: regions[0]!.outputs.length,
    boundary: new Float64Array(0),
    summary: {
      ...measures,
      regions: regions.length,
      regionsAfterLayer,
      windowArea: areaOf(window).area,
      maxLipschitzInput: 0,
      exactDecisions: 0,
    },
  };
}

const floats = ({ x, y, w }: Point): number[] => [toNumber({ n: x, d: w }), toNumber({ n: y, d: w })];
