import type { LevelFaces } from "./collect-complex";
import { ComplexLists } from "./complex-arrays";
import type { TrunkCounts } from "./local-parts";
import { reals, wholes } from "./numbers-list";
import type { PartComplex } from "./part-complex";

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
  /** By layer: regions of its faces. */
  private readonly regionOf;
  /** Names that parts agree on: those of the trunk, and then of places on its edges. */
  private readonly names = new Map<string, number>();
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
    this.regionOf = Array.from({ length: layers }, wholes);
  }

  /** Adds a part. */
  add(part: PartComplex): void {
    const times = (ROOM * this.trunk.parts) / ++this.parts;
    this.expect(part, times);
    for (const list of this.regionOf) list.expect(Math.ceil(times * (this.faces + part.areas.length)));
    const firstFace = this.faces;
    const vertexOf = this.addVertices(part.vertices, this.agreedNames(part));
    const halfOf = this.addEdgesOf(part, vertexOf);
    this.addCorners(part, vertexOf, halfOf);
    this.areas.append(part.areas);
    this.centroids.append(part.centroids);
    this.maps.append(part.maps);
    for (const { level, levelFace, first } of part.levels) this.levels.push({ level, levelFace, first: firstFace + first });
    const faces = part.areas.length;
    this.regionOf.forEach((list, layer) => {
      const isOfTrunk = layer < this.trunk.layers;
      list.appendMoved(part.regionOf.subarray(layer * faces, (layer + 1) * faces), isOfTrunk ? 0 : this.regionsAfter[layer]!);
      if (!isOfTrunk) this.regionsAfter[layer]! += part.regionsAfter[layer]!;
    });
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

  /** [layers, faces]; once, as what it is made of is let go. */
  takeRegions(): Int32Array {
    const all = new Int32Array(this.regionOf.length * this.faces);
    for (let layer = this.regionOf.length - 1; layer >= 0; layer--) all.set(this.regionOf.pop()!.values, layer * this.faces);
    return all;
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
    const vertices = this.faceVertices.data;
    const edges = this.faceEdges.data;
    for (let i = 0; i < count; i++) {
      vertices[first + i] = vertexOf[faceVertices[i]!]!;
      edges[first + i] = halfOf[faceEdges[i]!]! >> 1;
    }
    this.faceStart.appendMoved(faceStart.subarray(1), first);
  }

  /** By vertex of the part: the name that all parts agree on; −1: it has none. */
  private agreedNames({ vertices, named, onTrunk, trunkVertices }: PartComplex): Int32Array {
    const agreed = new Map<number, number>();
    const nameOf = (name: number): number => (name < trunkVertices ? name : agreed.get(name)!);
    for (let i = 0; i < onTrunk.length; i += 6) {
      const [a, b] = [nameOf(onTrunk[i + 4]!), nameOf(onTrunk[i + 5]!)];
      const key = `${onTrunk[i + 1]}/${onTrunk[i + 2]}/${onTrunk[i + 3]}/${Math.min(a, b)}/${Math.max(a, b)}`;
      let name = this.names.get(key);
      if (name === undefined) {
        name = trunkVertices + this.names.size;
        this.names.set(key, name);
      }
      agreed.set(onTrunk[i]!, name);
    }
    const names = new Int32Array(vertices.length / 2).fill(-1);
    for (let i = 0; i < named.length; i += 2) names[named[i]!] = nameOf(named[i + 1]!);
    return names;
  }

  /** Adds a part's edges. Gives by edge of the part what its first half-edge is here. */
  private addEdgesOf({ edges, edgeFaces, edgeLayers, edgeUnits, trunkEdges }: PartComplex, vertexOf: Int32Array): Int32Array {
    const firstFace = this.faces;
    const isOnTrunk = new Uint8Array(edgeLayers.length);
    for (let i = 0; i < trunkEdges.length; i++) isOnTrunk[trunkEdges[i]!] = 1;
    const ends = new Int32Array(edges.length);
    for (let i = 0; i < ends.length; i++) ends[i] = vertexOf[edges[i]!]!;
    const halfOf = this.addEdges(ends, edgeLayers, edgeUnits, isOnTrunk);
    const faces = this.edgeFaces.data;
    for (let i = 0; i < edgeFaces.length; i++) if (edgeFaces[i]! >= 0) faces[halfOf[i >> 1]! ^ (i & 1)] = firstFace + edgeFaces[i]!;
    return halfOf;
  }
}
