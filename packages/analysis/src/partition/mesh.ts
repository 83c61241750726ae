/**
 * A planar complex while it is being cut. A half-edge is 2·edge + direction; a face is the list of its half-edges, counter-clockwise.
 * An edge that is cut keeps its number and gets two halves; lists of half-edges are expanded when they are read.
 */
export class Mesh {
  vertices = 0;
  /** (s, t): for measuring; no sign is read off them. */
  place = new Float64Array(128);
  /** The two lines that meet in each vertex, as numbers in `Lines`. */
  lines = new Int32Array(128);
  /** Where a vertex was cut: on the segment between two earlier vertices, and at which part of it; −1: given. */
  base = new Int32Array(128);
  part = new Float64Array(64);
  /** How far a vertex may be from where its lines meet. */
  off = new Float64Array(64);

  edges = 0;
  ends = new Int32Array(128);
  /** The line that an edge lies on, and the segment (of that line, within one face) that its vertices are placed along. */
  edgeLine = new Int32Array(64);
  edgeBase = new Int32Array(128);
  /** The halves of a cut edge; −1: it is whole. */
  halves = new Int32Array(128);
  /** Which shared edge of a larger mesh it is part of; −1: none. */
  shared = new Int32Array(64);
  /** Left and right face; −1: outside the window, −2: in another block. */
  beside = new Int32Array(128);

  addVertex(s: number, t: number, lineA: number, lineB: number, a: number, b: number, part: number, off: number): number {
    const v = this.vertices++;
    if (2 * v + 2 > this.place.length) {
      this.place = grown(this.place);
      this.lines = grown(this.lines);
      this.base = grown(this.base);
      this.part = grown(this.part);
      this.off = grown(this.off);
    }
    this.place[2 * v] = s;
    this.place[2 * v + 1] = t;
    this.lines[2 * v] = lineA;
    this.lines[2 * v + 1] = lineB;
    this.base[2 * v] = a;
    this.base[2 * v + 1] = b;
    this.part[v] = part;
    this.off[v] = off;
    return v;
  }

  addEdge(from: number, to: number, line: number, a: number, b: number, shared = -1, left = -1, right = -1): number {
    const e = this.edges++;
    if (e + 1 > this.edgeLine.length) {
      this.ends = grown(this.ends);
      this.edgeLine = grown(this.edgeLine);
      this.edgeBase = grown(this.edgeBase);
      this.halves = grown(this.halves);
      this.shared = grown(this.shared);
      this.beside = grown(this.beside);
    }
    this.ends[2 * e] = from;
    this.ends[2 * e + 1] = to;
    this.edgeLine[e] = line;
    this.edgeBase[2 * e] = a;
    this.edgeBase[2 * e + 1] = b;
    this.halves[2 * e] = -1;
    this.halves[2 * e + 1] = -1;
    this.shared[e] = shared;
    this.beside[2 * e] = left;
    this.beside[2 * e + 1] = right;
    return e;
  }

  /** Cuts an edge in two at a vertex. */
  cutEdge(e: number, v: number): void {
    const copy = (from: number, to: number): number =>
      this.addEdge(
        from,
        to,
        this.edgeLine[e]!,
        this.edgeBase[2 * e]!,
        this.edgeBase[2 * e + 1]!,
        this.shared[e]!,
        this.beside[2 * e]!,
        this.beside[2 * e + 1]!,
      );
    const first = copy(this.ends[2 * e]!, v);
    const second = copy(v, this.ends[2 * e + 1]!);
    this.halves[2 * e] = first;
    this.halves[2 * e + 1] = second;
  }

  /** Half-edges with every cut edge replaced by its parts. */
  expanded(cycle: readonly number[]): readonly number[] {
    let whole = true;
    for (let i = 0; i < cycle.length && whole; i++) whole = this.halves[cycle[i]! & ~1]! < 0;
    if (whole) return cycle;
    const result: number[] = [];
    for (const half of cycle) this.expandInto(half, result);
    return result;
  }

  private expandInto(half: number, into: number[]): void {
    const first = this.halves[half & ~1]!;
    if (first < 0) {
      into.push(half);
      return;
    }
    const second = this.halves[half | 1]!;
    const direction = half & 1;
    this.expandInto(2 * (direction === 0 ? first : second) + direction, into);
    this.expandInto(2 * (direction === 0 ? second : first) + direction, into);
  }

  origin(half: number): number {
    return this.ends[half]!;
  }
}

function grown<T extends Float64Array | Int32Array>(array: T): T {
  const larger = new (array.constructor as new (length: number) => T)(2 * array.length);
  larger.set(array as never);
  return larger;
}
