import { int, setInt } from "../numbers";
import { cutAt, passes } from "./cut-edge";
import { sign } from "./cuts";
import { cutFace, DOUBT, face, faceHalf, leave, lineOfCut, next, origin, previous, rim, vertices } from "./memory";

/** Notes which half-edge of a whole face starts in each of its vertices. */
export function enterRim(f: i32): void {
  const first = int(faceHalf, f);
  let h = first;
  do {
    setInt(rim, int(origin, h), h);
    h = int(next, h);
  } while (h !== first);
}

/** Cuts the parts of a face along a cut, from one vertex of the rim to another. */
export function walk(f: i32, firstPart: i32, c: i32, from: i32, to: i32): void {
  const line = int(lineOfCut, c);
  const made = vertices;
  let half = int(rim, from);
  let at = from;
  while (at !== to) {
    const start = half;
    let entry = -1;
    do {
      const ahead = sign(int(origin, int(next, half)), c);
      if (ahead * sign(int(origin, int(previous, half)), c) < 0) {
        entry = half;
        break;
      }
      half = int(previous, half) ^ 1;
    } while (half !== start && isPart(int(face, half), f, firstPart));
    // Along an edge that is there already.
    if (entry < 0) leave(DOUBT);
    half = exit(entry, c, line);
    at = int(origin, half);
    if (at < made && at !== to) passes(at, c, line);
    cutFace(entry, half, line, from, to);
  }
}

function isPart(other: i32, f: i32, firstPart: i32): bool {
  return other === f || other >= firstPart;
}

/** Where a line that enters a face at a half-edge's origin leaves it: the half-edge that starts there. */
function exit(entry: i32, c: i32, line: i32): i32 {
  let half = int(next, entry);
  const here = sign(int(origin, half), c);
  while (true) {
    const after = int(next, half);
    const ahead = sign(int(origin, after), c);
    if (ahead === 0) return after;
    if (ahead !== here) return cutAt(half, c, line);
    half = after;
  }
}
