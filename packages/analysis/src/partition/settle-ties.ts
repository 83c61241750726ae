import { FaceCorners } from "./face-corners";
import type { Mesh } from "./mesh";
import type { Settler } from "./settle";
import type { VertexSigns } from "./vertex-signs";

/** Faces that are looked at between pauses. */
const FACES_AT_ONCE = 64;

/** Signs the vertices of faces, and finds the cuts that are 0 all over a face: those that are in doubt at all of its corners may be. */
export function* settleTies(mesh: Mesh, signs: VertexSigns, settler: Settler, faces: ArrayLike<number>): Generator<null> {
  if (!signs.areAllSigned)
    for (let from = 0; from < faces.length; from += FACES_AT_ONCE) {
      yield null;
      signCorners(mesh, signs, faces, from, Math.min(faces.length, from + FACES_AT_ONCE));
    }
  if (signs.areAllSure) return;
  const corners = new FaceCorners();
  for (let i = 0; i < faces.length; i++) {
    if (i % FACES_AT_ONCE === 0) yield null;
    const face = faces[i]!;
    corners.read(mesh, signs.given, face);
    let isEntered = false;
    for (let w = 0; w < signs.words; w++)
      for (let open = openAtAll(corners, signs, w); open !== 0; open &= open - 1) {
        if (!isEntered) {
          settler.enter(face);
          signs.values.enter(face);
          isEntered = true;
        }
        settleTie(corners, signs, settler, w * 32 + 31 - Math.clz32(open & -open));
      }
  }
}

function signCorners({ origin, next, faceHalf }: Mesh, signs: VertexSigns, faces: ArrayLike<number>, from: number, to: number): void {
  for (let i = from; i < to; i++) {
    const first = faceHalf[faces[i]!]!;
    let h = first;
    do {
      signs.signGiven(origin[h]!);
      h = next[h]!;
    } while (h !== first);
  }
}

/** The cuts of a word that are open, or settled to be 0, at all corners, and open at one of them. */
function openAtAll({ vertices, count }: FaceCorners, { words, positive, negative }: VertexSigns, word: number): number {
  let open = 0;
  let signed = 0;
  for (let i = 0; i < count; i++) {
    const at = vertices[i]! * words + word;
    open |= positive[at]! & negative[at]!;
    signed |= positive[at]! ^ negative[at]!;
  }
  return open & ~signed;
}

/** Settles that a cut is 0 all over the face at hand, if it is. */
function settleTie({ vertices, count }: FaceCorners, signs: VertexSigns, settler: Settler, cut: number): void {
  for (let i = 0; i < count; i++) if (!signs.isInDoubt(vertices[i]!, cut)) return;
  if (settler.isZero(cut)) for (let i = 0; i < count; i++) signs.setSign(vertices[i]!, cut, 0);
}
