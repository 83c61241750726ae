import { int, setInt, setReal } from "../numbers";

/* Where the arrays of a mesh lie while it is cut, as in Mesh of @maso/analysis; and how much room there is for what is made. */

export let place: usize = 0;
export let off: usize = 0;
export let rounded: usize = 0;
export let part: usize = 0;
export let base: usize = 0;
export let vertexLines: usize = 0;
export let positive: usize = 0;
export let negative: usize = 0;
export let rim: usize = 0;

export let origin: usize = 0;
export let next: usize = 0;
export let previous: usize = 0;
export let face: usize = 0;
export let edgeLine: usize = 0;
export let edgeBase: usize = 0;
export let shared: usize = 0;

export let faceHalf: usize = 0;
export let nextFace: usize = 0;
export let facePositive: usize = 0;
export let isSeen: usize = 0;
export let stack: usize = 0;

/** By line: how far its vertices may be from it, the cut that made it, and the face that it is in. */
export let lineOff: usize = 0;
export let lineCut: usize = 0;
export let lineFace: usize = 0;

/** By cut: bounds on its slope on the face at hand, whether they are known there, and its line there. */
export let least: usize = 0;
export let most: usize = 0;
export let stamp: usize = 0;
export let lineOfCut: usize = 0;
/** The cuts that separate the face at hand, and two vertices of each. */
export let chosen: usize = 0;
export let zeros: usize = 0;

/** Rows of the inputs at the given vertices, and how far each may be off. */
export let rows: usize = 0;
export let errors: usize = 0;

export let vertices: i32 = 0;
export let edges: i32 = 0;
export let faces: i32 = 0;
export let lines: i32 = 0;
export let given: i32 = 0;
export let cuts: i32 = 0;
export let words: i32 = 0;
let vertexRoom: i32 = 0;
let edgeRoom: i32 = 0;
let faceRoom: i32 = 0;
let lineRoom: i32 = 0;

/** Reads the places and numbers above, in their order. */
export function enterMesh(table: usize): void {
  place = at(table, 0);
  off = at(table, 1);
  rounded = at(table, 2);
  part = at(table, 3);
  base = at(table, 4);
  vertexLines = at(table, 5);
  positive = at(table, 6);
  negative = at(table, 7);
  rim = at(table, 8);
  origin = at(table, 9);
  next = at(table, 10);
  previous = at(table, 11);
  face = at(table, 12);
  edgeLine = at(table, 13);
  edgeBase = at(table, 14);
  shared = at(table, 15);
  faceHalf = at(table, 16);
  nextFace = at(table, 17);
  facePositive = at(table, 18);
  isSeen = at(table, 19);
  stack = at(table, 20);
  lineOff = at(table, 21);
  lineCut = at(table, 22);
  lineFace = at(table, 23);
  least = at(table, 24);
  most = at(table, 25);
  stamp = at(table, 26);
  lineOfCut = at(table, 27);
  chosen = at(table, 28);
  zeros = at(table, 29);
  rows = at(table, 30);
  errors = at(table, 31);
  vertices = at(table, 32) as i32;
  edges = at(table, 33) as i32;
  faces = at(table, 34) as i32;
  lines = at(table, 35) as i32;
  vertexRoom = at(table, 36) as i32;
  edgeRoom = at(table, 37) as i32;
  faceRoom = at(table, 38) as i32;
  lineRoom = at(table, 39) as i32;
  cuts = at(table, 40) as i32;
  given = vertices;
  words = (cuts + 31) >> 5;
}

function at(table: usize, i: i32): usize {
  return <usize>load<u32>(table + ((<usize>i) << 2));
}

/** Why a mesh was left before it was cut: lines fall together or vertices are far off, or there is no more room. */
export let reason: i32 = 0;
export const DOUBT = 1;
export const NO_ROOM = 2;

export function lineCount(): i32 {
  return lines;
}

/** Gives the mesh up. */
export function leave(why: i32): void {
  reason = why;
  unreachable();
}

export function whyLeft(): i32 {
  const why = reason;
  reason = 0;
  return why;
}

export function addVertex(s: f64, t: f64, lineA: i32, lineB: i32, a: i32, b: i32, at: f64, away: f64, rounding: f64): i32 {
  const v = vertices++;
  if (v === vertexRoom) leave(NO_ROOM);
  setReal(place, 2 * v, s);
  setReal(place, 2 * v + 1, t);
  setInt(vertexLines, 2 * v, lineA);
  setInt(vertexLines, 2 * v + 1, lineB);
  setInt(base, 2 * v, a);
  setInt(base, 2 * v + 1, b);
  setReal(part, v, at);
  setReal(off, v, away);
  setReal(rounded, v, rounding);
  return v;
}

function addEdge(from: i32, to: i32, line: i32, a: i32, b: i32, name: i32): i32 {
  const e = edges++;
  if (e === edgeRoom) leave(NO_ROOM);
  setInt(origin, 2 * e, from);
  setInt(origin, 2 * e + 1, to);
  setInt(next, 2 * e, -1);
  setInt(next, 2 * e + 1, -1);
  setInt(previous, 2 * e, -1);
  setInt(previous, 2 * e + 1, -1);
  setInt(edgeLine, e, line);
  setInt(edgeBase, 2 * e, a);
  setInt(edgeBase, 2 * e + 1, b);
  setInt(shared, e, name);
  return e;
}

export function addLine(cut: i32, inFace: i32): i32 {
  const line = lines++;
  if (line === lineRoom) leave(NO_ROOM);
  setReal(lineOff, line, 0);
  setInt(lineCut, line, cut);
  setInt(lineFace, line, inFace);
  return line;
}

function tie(before: i32, after: i32): void {
  setInt(next, before, after);
  setInt(previous, after, before);
}

/** Cuts an edge in two at a vertex: it keeps its first part, and the second one is new. Both faces have the vertex then. */
export function cutEdge(e: i32, v: i32): void {
  const h = 2 * e;
  const k = h + 1;
  const made = 2 * addEdge(v, int(origin, k), int(edgeLine, e), int(edgeBase, h), int(edgeBase, k), int(shared, e));
  setInt(face, made, int(face, h));
  setInt(face, made + 1, int(face, k));
  if (int(face, h) >= 0) {
    tie(made, int(next, h));
    tie(h, made);
  }
  if (int(face, k) >= 0) {
    tie(int(previous, k), made + 1);
    tie(made + 1, k);
  }
  setInt(origin, k, v);
}

/** Cuts a face along a new edge from the origin of one of its half-edges to that of another; the new face lies left of that edge. */
export function cutFace(from: i32, to: i32, line: i32, a: i32, b: i32): void {
  const f = int(face, from);
  const chord = 2 * addEdge(int(origin, from), int(origin, to), line, a, b, -1);
  const beforeFrom = int(previous, from);
  const beforeTo = int(previous, to);
  tie(chord, to);
  tie(beforeFrom, chord);
  tie(chord + 1, from);
  tie(beforeTo, chord + 1);
  const made = faces++;
  if (made === faceRoom) leave(NO_ROOM);
  setInt(faceHalf, made, chord);
  for (let h = to; h !== chord; h = int(next, h)) setInt(face, h, made);
  setInt(face, chord, made);
  setInt(face, chord + 1, f);
  setInt(faceHalf, f, from);
  setInt(nextFace, made, int(nextFace, f));
  setInt(nextFace, f, made);
  setInt(isSeen, made, 0);
}
