import { int, setInt } from "../numbers";
import { cutAt, passes, setMostOff } from "./cut-edge";
import { enterFace, sign } from "./cuts";
import {
  addLine,
  chosen,
  cuts,
  DOUBT,
  edgeLine,
  edges,
  enterMesh,
  face,
  faceHalf,
  facePositive,
  faces,
  given,
  isSeen,
  leave,
  lineCut,
  lineOfCut,
  lines,
  negative,
  next,
  nextFace,
  origin,
  positive,
  stack,
  vertices,
  words,
  zeros,
} from "./memory";
import { enterRim, walk } from "./walk-line";

/** Enters a mesh whose faces are to be cut along the cuts that separate them, cut c being input c. */
export function enterFaces(table: usize, mostOff: f64): void {
  enterMesh(table);
  setMostOff(mostOff);
}

/** Cuts the next faces, from one on until some thousand parts are made; gives the face that is next. `whole` is how many there were at first. */
export function cutFaces(from: i32, whole: i32): i32 {
  const enough = faces + PARTS_AT_A_TIME;
  for (let f = from; f < whole; f++) {
    if (faces > enough) return f;
    const count = separate(f);
    if (count > 0) cutLines(f, count);
  }
  return whole;
}

const PARTS_AT_A_TIME = 4096;

/** Writes the parts of each face one after another, the faces that they are of, the signs of all cuts on them, and how many of all there are. */
export function leaveFaces(whole: i32, parts: usize, parents: usize, signs: usize, counts: usize): void {
  let made = 0;
  for (let f = 0; f < whole; f++)
    for (let part = f; part >= 0; part = int(nextFace, part)) {
      setInt(parts, made, part);
      setInt(parents, made, f);
      for (let w = 0; w < words; w++) setInt(signs, made * words + w, int(facePositive, part * words + w));
      made++;
    }
  setInt(counts, 0, vertices);
  setInt(counts, 1, edges);
  setInt(counts, 2, faces);
  setInt(counts, 3, lines);
}

/** Finds the cuts that have both signs on a face, and the signs of all others; gives how many. */
function separate(f: i32): i32 {
  const first = int(faceHalf, f);
  let count = 0;
  for (let w = 0; w < words; w++) {
    let p = 0;
    let n = 0;
    let h = first;
    do {
      const v = int(origin, h);
      // New vertices lie between the given ones.
      if (v < given) {
        p |= int(positive, v * words + w);
        n |= int(negative, v * words + w);
      }
      h = int(next, h);
    } while (h !== first);
    const rest = cuts - 32 * w;
    const all: i32 = rest >= 32 ? -1 : (1 << rest) - 1;
    // A cut that is 0 all over a face has no sign there.
    if ((p | n) !== all) leave(DOUBT);
    let above = p & ~n;
    for (let both = p & n; both !== 0; both &= both - 1) {
      const c = 32 * w + ctz(both);
      if (count === 0) enterFace(f);
      const seen = signsOn(first, c);
      if (seen === 3) setInt(chosen, count++, c);
      else if (seen === 1) above |= both & -both;
      else if (seen === 0) leave(DOUBT);
    }
    setInt(facePositive, f * words + w, above);
  }
  return count;
}

/** The signs of a cut at the given corners of a face: 1 for positive, 2 for negative ones. */
function signsOn(first: i32, c: i32): i32 {
  let seen = 0;
  let h = first;
  do {
    const v = int(origin, h);
    if (v < given) {
      const at = sign(v, c);
      if (at > 0) seen |= 1;
      else if (at < 0) seen |= 2;
    }
    h = int(next, h);
  } while (h !== first);
  return seen;
}

function cutLines(f: i32, count: i32): void {
  for (let i = 0; i < count; i++) {
    const c = int(chosen, i);
    setInt(lineOfCut, c, addLine(c, f));
  }
  for (let i = 0; i < count; i++) cutRim(f, i);
  const firstPart = faces;
  enterRim(f);
  for (let i = 0; i < count; i++) walk(f, firstPart, int(chosen, i), int(zeros, 2 * i), int(zeros, 2 * i + 1));
  for (let i = 0; i < count; i++) {
    const c = int(chosen, i);
    const word = f * words + (c >> 5);
    if (signOn(f, c) > 0) setInt(facePositive, word, int(facePositive, word) | (1 << (c & 31)));
  }
  spread(f, firstPart);
}

/** Makes vertices on a face's rim where a cut that separates it is zero. */
function cutRim(f: i32, i: i32): void {
  const c = int(chosen, i);
  const line = int(lineOfCut, c);
  const first = int(faceHalf, f);
  let found = 0;
  let h = first;
  let here = sign(int(origin, h), c);
  do {
    if (here === 0) {
      if (found === 2) leave(DOUBT);
      setInt(zeros, 2 * i + found++, int(origin, h));
      passes(int(origin, h), c, line);
    }
    let after = int(next, h);
    const ahead = sign(int(origin, after), c);
    if (here * ahead < 0) {
      if (found === 2) leave(DOUBT);
      const cut = cutAt(h, c, line);
      setInt(zeros, 2 * i + found++, int(origin, cut));
      after = int(next, cut);
    }
    h = after;
    here = ahead;
  } while (h !== first);
  if (found !== 2) leave(DOUBT);
}

/** The sign of a cut inside a face that it does not cross. */
function signOn(f: i32, c: i32): i32 {
  let h = int(faceHalf, f);
  while (true) {
    const found = sign(int(origin, h), c);
    if (found !== 0) return found;
    h = int(next, h);
  }
}

/** Spreads signs from one part of a face to the others: across an edge the cut changes sign that it lies on. */
function spread(f: i32, firstPart: i32): void {
  let open = 1;
  setInt(stack, 0, f);
  while (open > 0) {
    const at = int(stack, --open);
    const first = int(faceHalf, at);
    let h = first;
    do {
      const other = int(face, h ^ 1);
      if (other >= firstPart && int(isSeen, other) === 0) {
        for (let w = 0; w < words; w++) setInt(facePositive, other * words + w, int(facePositive, at * words + w));
        const c = int(lineCut, int(edgeLine, h >> 1));
        const word = other * words + (c >> 5);
        setInt(facePositive, word, int(facePositive, word) ^ (1 << (c & 31)));
        setInt(isSeen, other, 1);
        setInt(stack, open++, other);
      }
      h = int(next, h);
    } while (h !== first);
  }
}
