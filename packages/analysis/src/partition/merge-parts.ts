import type { LevelFaces } from "./collect-complex";
import { ComplexLists } from "./complex-arrays";
import type { TrunkCounts } from "./local-parts";
import { appendMoved, reals } from "./numbers-list";
import type { PartComplex } from "./part-complex";
import { RegionRows } from "./region-rows";
import { RowNumbers } from "./row-numbers";

/** Of the numbers that are expected: parts differ in size, and pages of memory that nothing is written to cost nothing. */
const ROOM = 1.25;

/** The complex of all parts, added in order: what lies between parts is kept once. */
export class MergedComplex extends ComplexLists {
  readonly levels: LevelFaces[] = [];
  readonly boundary = reals();
  readonly boundaryAlong = reals();
  readonly regionsAfter: number[];
  readonly maxOutput: Float64Array;
  maxSliceSquare = 0;
  maxInputSquare: number | null = null;
  exactDecisions: number;
  private readonly regionOf: RegionRows;
  /** Places on the trunk's edges, (edge, stage, cut, a, b): behind the trunk's own names, their numbers are the names that parts agree on. */
  private readonly places = new RowNumbers(5);
  /** How many parts were added. */
  private parts = 0;

  constructor(
    layers: number,
    outputs: number,
    private readonly trunk: TrunkCounts,
  ) {
    super();
    this.regionsAfter = [...trunk.regionsAfter];
    this.exactDecisions = trunk.exactDecisions;
    this.maxOutput = new Float64Array(outputs).fill(-Infinity);
    this.regionOf = new RegionRows(layers);
  }

  /** Adds a part. */
  add(part: PartComplex): void {
    const { starts } = this.trunk;
    const times = (ROOM * starts[starts.length - 1]!) / starts[++this.parts]!;
    this.expect(part, times);
    this.regionOf.expect(Math.ceil(times * (this.faces + part.areas.length)));
    const firstFace = this.faces;
    const vertexOf = new Int32Array(part.vertices.length / 2);
    const halfOf = new Int32Array(part.edgeLayers.length);
    this.addVertices(part.vertices, this.agreedNames(part), vertexOf);
    this.addEdgesOf(part, vertexOf, halfOf);
    this.addCorners(part, vertexOf, halfOf);
    this.areas.append(part.areas);
    this.centroids.append(part.centroids);
    this.maps.append(part.maps);
    for (const { level, levelFace, first } of part.levels) this.levels.push({ level, levelFace, first: firstFace + first });
    const faces = part.areas.length;
    const start = this.regionOf.extend(faces);
    for (let layer = 0; layer < this.regionOf.layers; layer++) {
      const isOfTrunk = layer < this.trunk.layers;
      const regions = part.regionOf.subarray(layer * faces, (layer + 1) * faces);
      this.regionOf.write(layer, start, regions, isOfTrunk ? 0 : this.regionsAfter[layer]!);
      if (!isOfTrunk) this.regionsAfter[layer]! += part.regionsAfter[layer]!;
    }
    this.boundary.append(part.boundary);
    const { boundaryAlong: along } = part;
    for (let i = 0; i < along.length; i += 3) {
      const half = halfOf[along[i]!]!;
      const isTurned = (half & 1) === 1;
      this.boundaryAlong.push(half >> 1);
      this.boundaryAlong.push(isTurned ? 1 - along[i + 2]! : along[i + 1]!);
      this.boundaryAlong.push(isTurned ? 1 - along[i + 1]! : along[i + 2]!);
    }
    part.maxOutput.forEach((value, k) => {
      this.maxOutput[k] = Math.max(this.maxOutput[k]!, value);
    });
    this.maxSliceSquare = Math.max(this.maxSliceSquare, part.maxSliceSquare);
    if (part.maxInputSquare !== null) this.maxInputSquare = Math.max(this.maxInputSquare ?? 0, part.maxInputSquare);
    this.exactDecisions += part.exactDecisions;
  }

  /** [layers, faces]; once. */
  takeRegions(): Int32Array {
    return this.regionOf.take();
  }

  /** Every edge has a face on both sides, or one at the window's rim, and V − E + F = 1. */
  isClosed(): boolean {
    const { edgeLayers, edgeFaces } = this.arrays;
    for (let e = 0; e < edgeLayers.length; e++) {
      const faces = (edgeFaces[2 * e]! >= 0 ? 1 : 0) + (edgeFaces[2 * e + 1]! >= 0 ? 1 : 0);
      if (faces !== (edgeLayers[e]! < 0 ? 1 : 2)) return false;
    }
    return this.vertices.length / 2 - this.edges.length / 2 + this.faces === 1;
  }

  private addCorners({ faceStart, faceVertices, faceEdges }: PartComplex, vertexOf: Int32Array, halfOf: Int32Array): void {
    const count = faceVertices.length;
    const first = this.faceVertices.extend(count);
    this.faceEdges.extend(count);
    renumber(count, faceVertices, vertexOf, first, this.faceVertices.data);
    renumberEdges(count, faceEdges, halfOf, first, this.faceEdges.data);
    appendMoved(this.faceStart, faceStart.subarray(1), first);
  }

  /** By vertex of the part: the name that all parts agree on; −1: it has none. */
  private agreedNames({ vertices, named, onTrunk, trunkVertices }: PartComplex): Int32Array {
    const { places } = this;
    const { row } = places;
    // Names in `onTrunk` ascend.
    const last = onTrunk.length === 0 ? -1 : onTrunk[onTrunk.length - 6]!;
    const agreed = new Int32Array(Math.max(0, last + 1 - trunkVertices));
    for (let i = 0; i < onTrunk.length; i += 6) {
      const a = agreedName(onTrunk[i + 4]!, trunkVertices, agreed);
      const b = agreedName(onTrunk[i + 5]!, trunkVertices, agreed);
      row[0] = onTrunk[i + 1]!;
      row[1] = onTrunk[i + 2]!;
      row[2] = onTrunk[i + 3]!;
      row[3] = Math.min(a, b);
      row[4] = Math.max(a, b);
      agreed[onTrunk[i]! - trunkVertices] = trunkVertices + places.number();
    }
    const names = new Int32Array(vertices.length / 2).fill(-1);
    for (let i = 0; i < named.length; i += 2) names[named[i]!] = agreedName(named[i + 1]!, trunkVertices, agreed);
    return names;
  }

  /** Adds a part's edges. Writes by edge of the part what its first half-edge is here. */
  private addEdgesOf(part: PartComplex, vertexOf: Int32Array, halfOf: Int32Array): void {
    const { edges, edgeFaces, edgeLayers, edgeUnits, trunkEdges } = part;
    const count = edgeLayers.length;
    const ends = new Int32Array(2 * count);
    renumber(2 * count, edges, vertexOf, 0, ends);
    this.addEdges(ends, edgeLayers, edgeUnits, count, trunkEdges, halfOf);
    writeSides(count, edgeFaces, halfOf, this.faces, this.edgeFaces.data);
  }
}

/** The name that all parts agree on; `agreed` has it for those behind the trunk's. */
function agreedName(name: number, trunkVertices: number, agreed: Int32Array): number {
  return name < trunkVertices ? name : agreed[name - trunkVertices]!;
}

/** Writes from a place on the new numbers of what old numbers stand for. */
function renumber(count: number, old: Int32Array, newOf: Int32Array, start: number, numbers: Int32Array): void {
  for (let i = 0; i < count; i++) numbers[start + i] = newOf[old[i]!]!;
}

/** The same for edges, of which half-edges are known. */
function renumberEdges(count: number, old: Int32Array, halfOf: Int32Array, start: number, numbers: Int32Array): void {
  for (let i = 0; i < count; i++) numbers[start + i] = halfOf[old[i]!]! >> 1;
}

/** Writes the faces beside edges, where there are any, with `firstFace` added. */
function writeSides(count: number, sides: Int32Array, halfOf: Int32Array, firstFace: number, edgeFaces: Int32Array): void {
  for (let e = 0; e < count; e++) {
    const half = halfOf[e]!;
    const left = sides[2 * e]!;
    const right = sides[2 * e + 1]!;
    if (left >= 0) edgeFaces[half] = firstFace + left;
    if (right >= 0) edgeFaces[half ^ 1] = firstFace + right;
  }
}
