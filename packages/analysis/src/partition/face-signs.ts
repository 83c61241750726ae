import { grown } from "./grown";
import type { Mesh } from "./mesh";

/** The signs of cuts on faces: bit c of row f is set where cut c is positive (negative) inside face f. [faces, words]. */
export class FaceSigns {
  positive: Uint32Array;
  negative: Uint32Array;
  private readonly isSeen: number[] = [];

  constructor(
    readonly words: number,
    faces: number,
  ) {
    this.positive = new Uint32Array(4 * faces * words);
    this.negative = new Uint32Array(4 * faces * words);
  }

  /** Makes room for faces up to a number. */
  reserve(faces: number): void {
    if (faces * this.words <= this.positive.length) return;
    this.positive = grown(this.positive, faces * this.words);
    this.negative = grown(this.negative, faces * this.words);
  }

  copy(from: number, to: number): void {
    const { words, positive, negative } = this;
    for (let w = 0; w < words; w++) {
      positive[to * words + w] = positive[from * words + w]!;
      negative[to * words + w] = negative[from * words + w]!;
    }
  }

  set(face: number, cut: number, sign: number): void {
    const at = face * this.words + (cut >> 5);
    const bit = 1 << (cut & 31);
    if (sign > 0) this.positive[at]! |= bit;
    else this.positive[at]! &= ~bit;
    if (sign < 0) this.negative[at]! |= bit;
    else this.negative[at]! &= ~bit;
  }

  /** Turns the sign of a cut that is not zero on a face. */
  flip(face: number, cut: number): void {
    const at = face * this.words + (cut >> 5);
    const bit = 1 << (cut & 31);
    this.positive[at]! ^= bit;
    this.negative[at]! ^= bit;
  }

  /**
   * Spreads signs from one part of a face to the others: across an edge those cuts change sign that are zero along it.
   */
  spread(mesh: Mesh, from: number, isPart: (face: number) => boolean, zeroAlong: (line: number) => readonly number[]): void {
    const { isSeen } = this;
    const open = [from];
    const seen = [from];
    isSeen[from] = 1;
    for (let f = open.pop(); f !== undefined; f = open.pop()) {
      const first = mesh.faceHalf[f]!;
      let h = first;
      do {
        const other = mesh.face[h ^ 1]!;
        if (other >= 0 && isSeen[other] !== 1 && isPart(other)) {
          this.copy(f, other);
          for (const cut of zeroAlong(mesh.edgeLine[h >> 1]!)) this.flip(other, cut);
          isSeen[other] = 1;
          open.push(other);
          seen.push(other);
        }
        h = mesh.next[h]!;
      } while (h !== first);
    }
    for (const f of seen) isSeen[f] = 0;
  }
}
