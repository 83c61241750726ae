import type { Mesh } from "./mesh";

/** The segments of a cut mesh on which some new vertices lie. Arrays are longer than what is in them. */
export class Segments {
  count = 0;
  /** By vertex: the segment that it was added to; −1: none. */
  of = new Int32Array(0);
  /** By segment: its vertex that was added last, and by vertex: the one added before it; −1: none. */
  last = new Int32Array(0);
  before = new Int32Array(0);
  /** By vertex: the segment found last that begins there, and by segment: where it ends and the one found before it; −1: none. */
  private from = new Int32Array(0);
  private to = new Int32Array(0);
  private other = new Int32Array(0);

  /** Forgets all, for vertices of another mesh. */
  begin({ vertices }: Mesh): void {
    if (vertices > this.of.length) {
      const length = vertices + (vertices >> 1);
      this.of = new Int32Array(length);
      this.last = new Int32Array(length);
      this.before = new Int32Array(length);
      this.from = new Int32Array(length);
      this.to = new Int32Array(length);
      this.other = new Int32Array(length);
    }
    this.of.fill(-1, 0, vertices);
    this.from.fill(-1, 0, vertices);
    this.count = 0;
  }

  /** Adds a vertex to its segment, which it gives. */
  add(v: number, a: number, b: number): number {
    let segment = segmentBetween(this.from, this.to, this.other, a, b);
    if (segment < 0) {
      segment = this.count++;
      this.to[segment] = b;
      this.other[segment] = this.from[a]!;
      this.from[a] = segment;
      this.last[segment] = -1;
    }
    this.of[v] = segment;
    this.before[v] = this.last[segment]!;
    this.last[segment] = v;
    return segment;
  }
}

function segmentBetween(from: Int32Array, to: Int32Array, other: Int32Array, a: number, b: number): number {
  let segment = from[a]!;
  while (segment >= 0 && to[segment] !== b) segment = other[segment]!;
  return segment;
}
