import { grown } from "./grown";

/**
 * A planar complex while it is being cut. Edge e has the half-edges 2e and 2e + 1; a half-edge starts in its origin, has its face on the
 * left, and is followed around that face by `next`. A half-edge without a face in this mesh has no next one either.
 */
export class Mesh {
  vertices = 0;
  /** (s, t): for measuring; no sign is read off them. */
  place: Float64Array = new Float64Array(0);
  /** The two lines that meet in each vertex, as numbers in `Lines`. */
  lines: Int32Array = new Int32Array(0);
  /** Where a vertex was cut: on the segment between two earlier vertices, and at which part of it; −1: given. */
  base: Int32Array = new Int32Array(0);
  part: Float64Array = new Float64Array(0);
  /** How far the point that a vertex's values are those of may be from where its lines meet. */
  off: Float64Array = new Float64Array(0);
  /** How far `place` may be from that point, for roundings. */
  rounded: Float64Array = new Float64Array(0);

  edges = 0;
  origin: Int32Array = new Int32Array(0);
  next: Int32Array = new Int32Array(0);
  previous: Int32Array = new Int32Array(0);
  /** OUTSIDE, ELSEWHERE, or GONE where two faces were joined. */
  face: Int32Array = new Int32Array(0);
  /** The line that an edge lies on, and the segment (of that line, within one face) that its vertices are placed along. */
  edgeLine: Int32Array = new Int32Array(0);
  edgeBase: Int32Array = new Int32Array(0);
  /** Which shared edge of a larger mesh it is part of; −1: none. */
  shared: Int32Array = new Int32Array(0);

  faces = 0;
  /** One half-edge of each face. */
  faceHalf: Int32Array = new Int32Array(0);
  /** A list of faces: parts of one face follow each other as they were cut from it, so that neighbours are close; −1: the last part. */
  nextFace: Int32Array = new Int32Array(0);

  /** Makes room for so many at least. */
  reserve(vertices: number, edges: number, faces: number): void {
    if (vertices > this.part.length) this.growVertices(vertices);
    if (edges > this.edgeLine.length) this.growEdges(edges);
    if (faces > this.faceHalf.length) this.growFaces(faces);
  }

  addVertex(s: number, t: number, lineA: number, lineB: number, a: number, b: number, part: number, off: number, rounded: number): number {
    const v = this.vertices++;
    if (v >= this.part.length) this.growVertices(v + 1);
    this.place[2 * v] = s;
    this.place[2 * v + 1] = t;
    this.lines[2 * v] = lineA;
    this.lines[2 * v + 1] = lineB;
    this.base[2 * v] = a;
    this.base[2 * v + 1] = b;
    this.part[v] = part;
    this.off[v] = off;
    this.rounded[v] = rounded;
    return v;
  }

  /** An edge that is not yet tied to others; its half-edges have no face. */
  addEdge(from: number, to: number, line: number, a: number, b: number, shared: number): number {
    const e = this.edges++;
    if (e >= this.edgeLine.length) this.growEdges(e + 1);
    const h = 2 * e;
    const k = h + 1;
    this.origin[h] = from;
    this.origin[k] = to;
    this.next[h] = -1;
    this.next[k] = -1;
    this.previous[h] = -1;
    this.previous[k] = -1;
    this.face[h] = ELSEWHERE;
    this.face[k] = ELSEWHERE;
    this.edgeLine[e] = line;
    this.edgeBase[h] = a;
    this.edgeBase[k] = b;
    this.shared[e] = shared;
    return e;
  }

  addFace(half: number): number {
    const f = this.faces++;
    if (f >= this.faceHalf.length) this.growFaces(f + 1);
    this.faceHalf[f] = half;
    this.nextFace[f] = -1;
    return f;
  }

  private growVertices(least: number): void {
    this.place = grown(this.place, 2 * least);
    this.lines = grown(this.lines, 2 * least);
    this.base = grown(this.base, 2 * least);
    this.part = grown(this.part, least);
    this.off = grown(this.off, least);
    this.rounded = grown(this.rounded, least);
  }

  private growEdges(least: number): void {
    this.origin = grown(this.origin, 2 * least);
    this.next = grown(this.next, 2 * least);
    this.previous = grown(this.previous, 2 * least);
    this.face = grown(this.face, 2 * least);
    this.edgeLine = grown(this.edgeLine, least);
    this.edgeBase = grown(this.edgeBase, 2 * least);
    this.shared = grown(this.shared, least);
  }

  private growFaces(least: number): void {
    this.faceHalf = grown(this.faceHalf, least);
    this.nextFace = grown(this.nextFace, least);
  }

  /** Makes one half-edge follow another. */
  tie(before: number, after: number): void {
    this.next[before] = after;
    this.previous[after] = before;
  }

  /** Cuts an edge in two at a vertex: it keeps its first part, and the second one is new. Both faces have the vertex then. */
  cutEdge(e: number, v: number): void {
    const h = 2 * e;
    const k = h + 1;
    const made = 2 * this.addEdge(v, this.origin[k]!, this.edgeLine[e]!, this.edgeBase[h]!, this.edgeBase[k]!, this.shared[e]!);
    this.face[made] = this.face[h]!;
    this.face[made + 1] = this.face[k]!;
    if (this.face[h]! >= 0) {
      this.tie(made, this.next[h]!);
      this.tie(h, made);
    }
    if (this.face[k]! >= 0) {
      this.tie(this.previous[k]!, made + 1);
      this.tie(made + 1, k);
    }
    this.origin[k] = v;
  }

  /** Cuts a face along a new edge from the origin of one of its half-edges to that of another; the new face lies left of that edge. */
  cutFace(from: number, to: number, line: number, a: number, b: number): number {
    const f = this.face[from]!;
    const chord = 2 * this.addEdge(this.origin[from]!, this.origin[to]!, line, a, b, -1);
    const beforeFrom = this.previous[from]!;
    const beforeTo = this.previous[to]!;
    this.tie(chord, to);
    this.tie(beforeFrom, chord);
    this.tie(chord + 1, from);
    this.tie(beforeTo, chord + 1);
    const made = this.addFace(chord);
    for (let h = to; h !== chord; h = this.next[h]!) this.face[h] = made;
    this.face[chord] = made;
    this.face[chord + 1] = f;
    this.faceHalf[f] = from;
    this.nextFace[made] = this.nextFace[f]!;
    this.nextFace[f] = made;
    return made;
  }

  /** Takes out an edge between two faces. */
  removeEdge(e: number): void {
    const [h, k] = [2 * e, 2 * e + 1];
    const [nextH, nextK] = [this.next[h]!, this.next[k]!];
    this.tie(this.previous[h]!, nextK);
    this.tie(this.previous[k]!, nextH);
    this.face[h] = GONE;
    this.face[k] = GONE;
  }

  /** Makes one edge of a half-edge that starts where no more than two edges meet and of the one before it. */
  removeVertex(half: number): void {
    const before = this.previous[half]!;
    const [other, otherBefore] = [half ^ 1, before ^ 1];
    if (this.faceHalf[this.face[half]!] === half) this.faceHalf[this.face[half]!] = before;
    this.tie(before, this.next[half]!);
    this.origin[otherBefore] = this.origin[other]!;
    if (this.face[other]! >= 0) {
      if (this.faceHalf[this.face[other]!] === other) this.faceHalf[this.face[other]!] = otherBefore;
      this.tie(this.previous[other]!, otherBefore);
    }
    this.face[half] = GONE;
    this.face[other] = GONE;
  }

  /** The half-edges of a face, counter-clockwise. */
  halvesOf(face: number): number[] {
    const halves: number[] = [];
    const first = this.faceHalf[face]!;
    let h = first;
    do {
      halves.push(h);
      h = this.next[h]!;
    } while (h !== first);
    return halves;
  }

  /** The half-edge of a face that starts at one of its vertices. */
  halfFrom(face: number, v: number): number {
    let h = this.faceHalf[face]!;
    while (this.origin[h] !== v) h = this.next[h]!;
    return h;
  }
}

/** In place of a face: outside the window, in another block, and nothing where an edge was taken out. */
export const OUTSIDE = -1;
export const ELSEWHERE = -2;
export const GONE = -3;
