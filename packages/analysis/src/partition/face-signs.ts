import { grown } from "./grown";

/** The signs of cuts on faces: bit c of row f is set where cut c is positive (negative) inside face f. [faces, words]. */
export class FaceSigns {
  positive = new Uint32Array(0);
  negative = new Uint32Array(0);

  constructor(readonly words: number) {}

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
}
