import { grown } from "./grown";
import type { Mesh } from "./mesh";

/** The segments of a cut mesh on which some new vertices lie. */
export class Segments {
  count = 0;
  /** By vertex: the segment that it was added to; −1: none. */
  readonly of: Int32Array;
  /** By segment: its vertex that was added last, and by vertex: the one added before it; −1: none. */
  last = new Int32Array(256);
  readonly before: Int32Array;
  /** By vertex: the segment found last that begins there, and by segment: where it ends and the one found before it; −1: none. */
  private readonly from: Int32Array;
  private to = new Int32Array(256);
  private other = new Int32Array(256);

  constructor(private readonly mesh: Mesh) {
    this.of = new Int32Array(mesh.vertices).fill(-1);
    this.from = new Int32Array(mesh.vertices).fill(-1);
    this.before = new Int32Array(mesh.vertices);
  }

  /** Adds a vertex to its segment, which it gives. */
  add(v: number): number {
    const { base } = this.mesh;
    const found = this.between(base[2 * v]!, base[2 * v + 1]!);
    this.of[v] = found;
    this.before[v] = this.last[found]!;
    this.last[found] = v;
    return found;
  }

  private between(a: number, b: number): number {
    for (let s = this.from[a]!; s >= 0; s = this.other[s]!) if (this.to[s] === b) return s;
    const made = this.count++;
    if (made === this.to.length) {
      this.to = grown(this.to);
      this.other = grown(this.other);
      this.last = grown(this.last);
    }
    this.to[made] = b;
    this.other[made] = this.from[a]!;
    this.from[a] = made;
    this.last[made] = -1;
    return made;
  }
}
