import { ChangeFinder, type Zero } from "./find-changes";
import { grown } from "./grown";
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

/** A segment along which more than a few units change, with the vertices on it. */
interface Segment {
  readonly vertices: number[];
  /** Whether its ends place them: else the first and the last of them are anchors. */
  readonly hasEnds: boolean;
  isPlaced: boolean;
}

/** Of so few changing units all vertices of a segment are placed by its ends. */
const FEW = 6;

/**
 * Says by which others the new vertices of a cut mesh are placed. Of a segment with many changing units its vertices are placed by halves,
 * so that few units change on each way.
 */
export class Placing {
  /** Vertices of segments on which too many units change. */
  readonly anchors: number[] = [];
  private readonly finder: ChangeFinder;
  private readonly segments = new Map<number, Segment>();
  /** By vertex: where the units of its segment begin and end in those found; −1: it is not placed by the ends alone. */
  private readonly first: Int32Array;
  private readonly last: Int32Array;
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
    this.first = new Int32Array(signs.mesh.vertices).fill(-1);
    this.last = new Int32Array(signs.mesh.vertices);
  }

  get placed(): Placed {
    const { count, vertices, ends, parts, start, end, finder } = this;
    return { count, vertices, ends, parts, start, end, changing: finder.found.subarray(0, finder.count) };
  }

  /** Takes a new vertex; gives whether the ends of its segment are needed. */
  take(v: number): boolean {
    const { finder, most, segments } = this;
    const { base } = this.signs.mesh;
    const [a, b] = [base[2 * v]!, base[2 * v + 1]!];
    const key = this.keyOf(v);
    const known = segments.get(key);
    if (known) {
      known.vertices.push(v);
      return known.hasEnds;
    }
    const start = finder.find(a, b, Math.min(FEW, most));
    if (start >= 0) {
      this.first[v] = start;
      this.last[v] = finder.count;
      return true;
    }
    const hasEnds = finder.find(a, b, most) >= 0;
    segments.set(key, { vertices: [v], hasEnds, isPlaced: false });
    return hasEnds;
  }

  /** Places a vertex that was taken, and all on its segment: gives false of others. */
  place(v: number): boolean {
    const { base, part } = this.signs.mesh;
    const [a, b] = [base[2 * v]!, base[2 * v + 1]!];
    if (this.first[v]! >= 0) {
      this.add(v, a, b, part[v]!, this.first[v]!, this.last[v]!);
      return true;
    }
    const segment = v < this.signs.given ? undefined : this.segments.get(this.keyOf(v));
    if (segment === undefined || this.signs.rows.kept(v) !== null) return false;
    if (segment.isPlaced) return true;
    segment.isPlaced = true;
    const { vertices } = segment;
    vertices.sort((x, y) => part[x]! - part[y]! || x - y);
    const zeros = this.finder.zerosBetween(a, b);
    if (segment.hasEnds) this.halve(vertices, 0, vertices.length, a, b, 0, 1, zeros);
    else {
      const [from, to] = [vertices[0]!, vertices.at(-1)!];
      this.anchors.push(from);
      if (to !== from) this.anchors.push(to);
      this.halve(vertices, 1, vertices.length - 1, from, to, part[from]!, part[to]!, zeros);
    }
    return true;
  }

  private keyOf(v: number): number {
    const { base, vertices } = this.signs.mesh;
    return base[2 * v]! * vertices + base[2 * v + 1]!;
  }

  /** Places vertices [first, end) of a segment between two others on it, at these parts of it. */
  private halve(
    vertices: readonly number[],
    first: number,
    end: number,
    from: number,
    to: number,
    atFrom: number,
    atTo: number,
    among: readonly Zero[],
  ): void {
    if (first >= end) return;
    const zeros = among.filter((zero) => zero.to >= atFrom && zero.from <= atTo);
    const middle = (first + end) >> 1;
    const v = vertices[middle]!;
    const at = this.signs.mesh.part[v]!;
    const start = this.finder.findAmong(zeros, this.most);
    if (start < 0) this.anchors.push(v);
    else this.add(v, from, to, atTo > atFrom ? (at - atFrom) / (atTo - atFrom) : 0, start, this.finder.count);
    this.halve(vertices, first, middle, from, v, atFrom, at, zeros);
    this.halve(vertices, middle + 1, end, v, to, at, atTo, zeros);
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
