import { ChangeFinder } from "./find-changes";
import { Segments } from "./segments";
import type { VertexSigns } from "./vertex-signs";

/** Vertices between two others each, behind those. Arrays are longer than what is in them. */
export interface Placed {
  readonly count: number;
  readonly vertices: Int32Array;
  /** (from, to) of each. */
  readonly ends: Int32Array;
  /** Which part of the way from the one to the other. */
  readonly parts: Float64Array;
  /** Units whose piece may change on that way: changing[start[i] ... end[i] − 1]. */
  readonly start: Int32Array;
  readonly end: Int32Array;
  readonly changing: Int32Array;
  readonly changes: number;
}

/** Of so few changing units all vertices of a segment are placed by its ends. */
const FEW = 6;

/** In place of where a segment's units begin: it is placed by halves between its ends, and between the first and the last of its vertices. */
const BETWEEN_ENDS = -1;
const BETWEEN_ANCHORS = -2;

/**
 * Says by which others the new vertices of a cut mesh are placed. Of a segment with many changing units its vertices are placed by halves,
 * so that few units change on each way.
 */
export class Placing implements Placed {
  count = 0;
  vertices = new Int32Array(0);
  ends = new Int32Array(0);
  parts = new Float64Array(0);
  start = new Int32Array(0);
  end = new Int32Array(0);
  /** Vertices of segments on which too many units change. */
  anchors = new Int32Array(0);
  anchorCount = 0;
  private readonly finder = new ChangeFinder();
  private readonly segments = new Segments();
  /** By segment: where its units begin and end in those found. */
  private first = new Int32Array(0);
  private last = new Int32Array(0);
  /** Of the segment at hand, by part. */
  private sorted = new Int32Array(0);
  /** Where more units change on a way, a whole product is cheaper. */
  private most = 0;
  private base: Int32Array = new Int32Array(0);
  private part: Float64Array = new Float64Array(0);

  get changing(): Int32Array {
    return this.finder.found;
  }

  get changes(): number {
    return this.finder.count;
  }

  /** Forgets all, for another cut mesh. */
  begin(signs: VertexSigns, most: number): void {
    const { mesh } = signs;
    if (mesh.vertices > this.vertices.length) this.reserve(mesh.vertices + (mesh.vertices >> 1));
    this.finder.begin(signs);
    this.segments.begin(mesh);
    this.count = 0;
    this.anchorCount = 0;
    this.most = most;
    this.base = mesh.base;
    this.part = mesh.part;
  }

  private reserve(vertices: number): void {
    this.vertices = new Int32Array(vertices);
    this.ends = new Int32Array(2 * vertices);
    this.parts = new Float64Array(vertices);
    this.start = new Int32Array(vertices);
    this.end = new Int32Array(vertices);
    this.anchors = new Int32Array(vertices);
    this.first = new Int32Array(vertices);
    this.last = new Int32Array(vertices);
    this.sorted = new Int32Array(vertices);
  }

  /** Takes a new vertex; gives whether the ends of its segment are needed. */
  take(v: number): boolean {
    const { segments } = this;
    const a = this.base[2 * v]!;
    const b = this.base[2 * v + 1]!;
    const before = segments.count;
    const segment = segments.add(v, a, b);
    if (segment === before) this.judge(segment, a, b);
    return this.first[segment] !== BETWEEN_ANCHORS;
  }

  /** Says how a segment's vertices are placed. */
  private judge(segment: number, a: number, b: number): void {
    const { finder } = this;
    const start = finder.find(a, b, this.most);
    this.first[segment] = start < 0 ? BETWEEN_ANCHORS : start;
    this.last[segment] = finder.count;
    if (start < 0 || finder.count - start <= FEW) return;
    finder.count = start;
    this.first[segment] = BETWEEN_ENDS;
  }

  /** Places a vertex that was taken, and all on its segment: gives false of others. */
  place(v: number): boolean {
    const { segments } = this;
    const segment = segments.of[v]!;
    if (segment < 0) return false;
    // All on it are placed with the first of them, which was taken last.
    if (v === segments.last[segment]) {
      if (this.first[segment]! >= 0) this.placeByEnds(v, this.first[segment]!, this.last[segment]!);
      else this.placeByHalves(v, this.first[segment] === BETWEEN_ENDS);
    }
    return true;
  }

  private placeByEnds(taken: number, first: number, last: number): void {
    const { finder, part } = this;
    const { before } = this.segments;
    const a = this.base[2 * taken]!;
    const b = this.base[2 * taken + 1]!;
    this.add(taken, a, b, part[taken]!, first, last);
    for (let v = before[taken]!; v >= 0; v = before[v]!) {
      const start = finder.repeat(first, last);
      this.add(v, a, b, part[v]!, start, finder.count);
    }
  }

  private placeByHalves(taken: number, isBetweenEnds: boolean): void {
    const { base, part, sorted } = this;
    const count = sortSegment(this.segments.before, part, taken, sorted);
    const a = base[2 * taken]!;
    const b = base[2 * taken + 1]!;
    const zeros = this.finder.chooseBetween(a, b);
    if (isBetweenEnds) {
      this.halve(0, count, a, b, 0, 1, 0, zeros);
      return;
    }
    const from = sorted[0]!;
    const to = sorted[count - 1]!;
    this.anchors[this.anchorCount++] = from;
    if (to !== from) this.anchors[this.anchorCount++] = to;
    this.halve(1, count - 1, from, to, part[from]!, part[to]!, 0, zeros);
  }

  /** Places vertices [first, end) of a segment between two others on it, at these parts of it, among the zeros chosen at [zero, zerosEnd). */
  private halve(first: number, end: number, from: number, to: number, atFrom: number, atTo: number, zero: number, zerosEnd: number): void {
    if (first >= end) return;
    const { finder } = this;
    const chosen = finder.choose(zero, zerosEnd, atFrom, atTo);
    const middle = (first + end) >> 1;
    const v = this.sorted[middle]!;
    const at = this.part[v]!;
    const start = finder.findAmong(zerosEnd, chosen, this.most);
    if (start < 0) this.anchors[this.anchorCount++] = v;
    else this.add(v, from, to, atTo > atFrom ? (at - atFrom) / (atTo - atFrom) : 0, start, finder.count);
    this.halve(first, middle, from, v, atFrom, at, zerosEnd, chosen);
    this.halve(middle + 1, end, v, to, at, atTo, zerosEnd, chosen);
  }

  private add(v: number, from: number, to: number, part: number, start: number, end: number): void {
    const i = this.count++;
    this.vertices[i] = v;
    this.ends[2 * i] = from;
    this.ends[2 * i + 1] = to;
    this.parts[i] = part;
    this.start[i] = start;
    this.end[i] = end;
  }
}

/** Writes the vertices of a segment in the order of where they are on it, those in one place by number; gives how many there are. */
function sortSegment(before: Int32Array, part: Float64Array, taken: number, sorted: Int32Array): number {
  let count = 0;
  for (let v = taken; v >= 0; v = before[v]!) {
    const at = part[v]!;
    let i = count++;
    for (; i > 0; i--) {
      const other = sorted[i - 1]!;
      if (part[other]! < at || (part[other] === at && other < v)) break;
      sorted[i] = other;
    }
    sorted[i] = v;
  }
  return count;
}
