import { ChangeFinder } from "./find-changes";
import { grown } from "./grown";
import { Segments } from "./segments";
import type { VertexSigns } from "./vertex-signs";

/** Vertices between two others each, behind those. */
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
export class Placing {
  /** Vertices of segments on which too many units change. */
  readonly anchors: number[] = [];
  private readonly finder: ChangeFinder;
  private readonly segments: Segments;
  /** By segment: where its units begin and end in those found. */
  private first = new Int32Array(256);
  private last = new Int32Array(256);
  private count = 0;
  private vertices = new Int32Array(256);
  private ends = new Int32Array(512);
  private parts = new Float64Array(256);
  private start = new Int32Array(256);
  private end = new Int32Array(256);

  constructor(
    private readonly signs: VertexSigns,
    /** Where more units change on a way, a whole product is cheaper. */
    private readonly most: number,
  ) {
    this.finder = new ChangeFinder(signs);
    this.segments = new Segments(signs.mesh);
  }

  get placed(): Placed {
    const { count, vertices, ends, parts, start, end, finder } = this;
    return { count, vertices, ends, parts, start, end, changing: finder.found.subarray(0, finder.count) };
  }

  /** Takes a new vertex; gives whether the ends of its segment are needed. */
  take(v: number): boolean {
    const { segments } = this;
    const before = segments.count;
    const segment = segments.add(v);
    if (segment === before) this.judge(segment, v);
    return this.first[segment]! !== BETWEEN_ANCHORS;
  }

  /** Says how a segment's vertices are placed. */
  private judge(segment: number, v: number): void {
    const { finder, most } = this;
    const { base } = this.signs.mesh;
    if (segment === this.first.length) {
      this.first = grown(this.first);
      this.last = grown(this.last);
    }
    const start = finder.find(base[2 * v]!, base[2 * v + 1]!, most);
    this.first[segment] = start < 0 ? BETWEEN_ANCHORS : start;
    this.last[segment] = finder.count;
    if (start < 0 || finder.count - start <= FEW) return;
    finder.count = start;
    this.first[segment] = BETWEEN_ENDS;
  }

  /** Places a vertex that was taken, and all on its segment: gives false of others. */
  place(v: number): boolean {
    const segment = this.segments.of[v]!;
    if (segment < 0) return false;
    // All on it are placed with the first of them, which was taken last.
    if (v === this.segments.last[segment]) {
      if (this.first[segment]! >= 0) this.placeByEnds(segment);
      else this.placeByHalves(segment);
    }
    return true;
  }

  private placeByEnds(segment: number): void {
    const { finder, segments } = this;
    const { base, part } = this.signs.mesh;
    let start = this.first[segment]!;
    let end = this.last[segment]!;
    for (let v = segments.last[segment]!; v >= 0; v = segments.before[v]!) {
      if (v !== segments.last[segment]) {
        start = finder.repeat(start, end);
        end = finder.count;
      }
      this.add(v, base[2 * v]!, base[2 * v + 1]!, part[v]!, start, end);
    }
  }

  private placeByHalves(segment: number): void {
    const { base, part } = this.signs.mesh;
    const { before } = this.segments;
    const vertices: number[] = [];
    for (let v = this.segments.last[segment]!; v >= 0; v = before[v]!) vertices.push(v);
    vertices.sort((x, y) => part[x]! - part[y]! || x - y);
    const from = vertices[0]!;
    const [a, b] = [base[2 * from]!, base[2 * from + 1]!];
    const zeros = this.finder.chooseBetween(a, b);
    if (this.first[segment] === BETWEEN_ENDS) {
      this.halve(vertices, 0, vertices.length, a, b, 0, 1, 0, zeros);
      return;
    }
    const to = vertices.at(-1)!;
    this.anchors.push(from);
    if (to !== from) this.anchors.push(to);
    this.halve(vertices, 1, vertices.length - 1, from, to, part[from]!, part[to]!, 0, zeros);
  }

  /** Places vertices [first, end) of a segment between two others on it, at these parts of it, among the zeros chosen at [zero, zerosEnd). */
  private halve(
    vertices: readonly number[],
    first: number,
    end: number,
    from: number,
    to: number,
    atFrom: number,
    atTo: number,
    zero: number,
    zerosEnd: number,
  ): void {
    if (first >= end) return;
    const { finder } = this;
    const chosen = finder.choose(zero, zerosEnd, atFrom, atTo);
    const middle = (first + end) >> 1;
    const v = vertices[middle]!;
    const at = this.signs.mesh.part[v]!;
    const start = finder.findAmong(zerosEnd, chosen, this.most);
    if (start < 0) this.anchors.push(v);
    else this.add(v, from, to, atTo > atFrom ? (at - atFrom) / (atTo - atFrom) : 0, start, finder.count);
    this.halve(vertices, first, middle, from, v, atFrom, at, zerosEnd, chosen);
    this.halve(vertices, middle + 1, end, v, to, at, atTo, zerosEnd, chosen);
  }

  private add(v: number, from: number, to: number, part: number, start: number, end: number): void {
    const i = this.count++;
    if (i === this.vertices.length) {
      this.vertices = grown(this.vertices);
      this.ends = grown(this.ends);
      this.parts = grown(this.parts);
      this.start = grown(this.start);
      this.end = grown(this.end);
    }
    this.vertices[i] = v;
    this.ends[2 * i] = from;
    this.ends[2 * i + 1] = to;
    this.parts[i] = part;
    this.start[i] = start;
    this.end[i] = end;
  }
}
