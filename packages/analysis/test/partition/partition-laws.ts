import type { SlicePartition } from "../../src/partition/partition-result";

/** What a partition breaks of the laws that hold for every one; empty where it keeps them all. */
export function brokenLaws(partition: SlicePartition): string[] {
  const { summary, areas, layers, codeKeys, regionOf, vertices, edges } = partition;
  const faces = areas.length;
  const broken: string[] = [];
  const expect = (law: string, holds: boolean): void => {
    if (!holds) broken.push(law);
  };
  expect("as many faces, vertices and edges as counted", summary.regions === faces);
  expect("as many vertices as counted", summary.vertices * 2 === vertices.length);
  expect("as many edges as counted", summary.edges * 2 === edges.length);
  expect(`V − E + F = 1, got ${summary.vertices - summary.edges + faces}`, summary.vertices - summary.edges + faces === 1);
  const sum = areas.reduce((total, area) => total + area, 0);
  expect(`areas add up to ${summary.windowArea}, got ${sum}`, Math.abs(sum - summary.windowArea) <= 1e-11 * summary.windowArea);
  expect("the summary's area is the faces'", Math.abs(sum - summary.area) <= 1e-11 * summary.windowArea);
  expect(
    "no area is negative",
    areas.every((area) => area >= 0),
  );
  expect("one code per face", new Set(codeKeys).size === faces && codeKeys.length === faces);
  layers.forEach(({ id, regions }, l) => {
    const distinct = new Set(regionOf.subarray(l * faces, (l + 1) * faces)).size;
    expect(`${id}: ${regions} regions after the layer, got ${distinct}`, distinct === regions && summary.regionsAfterLayer[l] === regions);
  });
  expect("the last layer's regions are the faces", layers.length === 0 ? faces === 1 : layers.at(-1)!.regions === faces);
  expect(
    "finite numbers",
    [vertices, areas, partition.maps, partition.centroids].every((numbers) => numbers.every(Number.isFinite)),
  );
  return [...broken, ...brokenIncidence(partition)];
}

/** Faces, edges and vertices name each other. */
function brokenIncidence({ areas, faceStart, faceVertices, faceEdges, edges, edgeFaces, edgeLayers, vertices }: SlicePartition): string[] {
  const broken = new Set<string>();
  const seen = new Int32Array(edges.length);
  for (let face = 0; face < areas.length; face++) {
    const [start, end] = [faceStart[face]!, faceStart[face + 1]!];
    if (end - start < 3) broken.add("a face has at least three vertices");
    for (let i = start; i < end; i++) {
      const [from, to] = [faceVertices[i]!, faceVertices[i + 1 < end ? i + 1 : start]!];
      const edge = faceEdges[i]!;
      const along = edges[2 * edge] === from && edges[2 * edge + 1] === to;
      const against = edges[2 * edge] === to && edges[2 * edge + 1] === from;
      if (!along && !against) broken.add("an edge of a face joins its neighbouring vertices, in the order of faceVertices");
      else if (edgeFaces[2 * edge + (along ? 0 : 1)] !== face) broken.add("the face on the left of an edge has it counter-clockwise");
      else seen[2 * edge + (along ? 0 : 1)]!++;
    }
  }
  for (let edge = 0; edge < edgeLayers.length; edge++) {
    const outside = [0, 1].filter((side) => edgeFaces[2 * edge + side] === -1);
    if (outside.length > (edgeLayers[edge] === -1 ? 1 : 0)) broken.add("only the window's sides have no face beside them");
    if (edgeLayers[edge] === -1 && outside.length !== 1) broken.add("a window's side has a face on one side alone");
    for (const side of [0, 1])
      if (seen[2 * edge + side] !== (outside.includes(side) ? 0 : 1)) broken.add("each side of an edge is one face's");
  }
  if (new Set(faceVertices).size * 2 !== vertices.length) broken.add("every vertex is one of some face");
  return [...broken];
}
