import type { Level } from "./level";

/** Rows of bits by what changes from one to the next: the faces of a level are in an order in which neighbours are close. */
export interface PackedRows {
  /** Every STEP-th row as it is. */
  readonly whole: Uint32Array;
  /** Where the changes after each of those begin. */
  readonly starts: Int32Array;
  /** For each row between: how many bits are not those of the row before, and which ones. */
  readonly changes: Uint16Array | Uint32Array;
}

/** The signs of a level's faces, packed, for when the level is cut no more. */
export interface PackedFaces {
  readonly above: PackedRows;
  /** Where a cut is above 0 or below; null: everywhere. */
  readonly apart: PackedRows | null;
  readonly winners: Uint16Array;
}

const STEP = 32;

/** Packs levels up to one that stays as it is. Each is packed once. */
export function levelPacker(top: Level | null): (level: Level | null) => Level | null {
  const made = new Map<Level, Level>();
  const pack = (level: Level | null): Level | null => {
    if (level === null || level === top || "above" in level.faces) return level;
    const known = made.get(level);
    if (known) return known;
    const { words, parentFace } = level;
    const { positive, negative, winners } = level.faces;
    const apart = negative && positive.map((word, i) => word | negative[i]!);
    const faces = {
      above: packed(positive, words, parentFace.length),
      apart: apart && packed(apart, words, parentFace.length),
      winners,
    };
    const result = { ...level, parent: pack(level.parent), faces };
    made.set(level, result);
    return result;
  };
  return pack;
}

/** A packed face of `words` words and some winners as the only one of its level. */
export function unpackedFace({ above, apart, winners }: PackedFaces, face: number, words: number, width: number): PlainFaces {
  const positive = rowOf(above, words, face);
  const signed = apart && rowOf(apart, words, face);
  return {
    positive,
    negative: signed?.map((word, w) => word & ~positive[w]!) ?? null,
    winners: winners.subarray(face * width, (face + 1) * width),
  };
}

/** Signs as they are while a level is still cut. */
export type PlainFaces = Exclude<Level["faces"], PackedFaces>;

function packed(bits: Uint32Array, words: number, rows: number): PackedRows {
  const groups = Math.ceil(rows / STEP);
  const whole = new Uint32Array(groups * words);
  const starts = new Int32Array(groups);
  const changes: number[] = [];
  for (let row = 0; row < rows; row++) {
    const at = row * words;
    if (row % STEP === 0) {
      starts[row / STEP] = changes.length;
      whole.set(bits.subarray(at, at + words), (row / STEP) * words);
      continue;
    }
    const count = changes.push(0) - 1;
    for (let w = 0; w < words; w++)
      for (let rest = bits[at + w]! ^ bits[at - words + w]!; rest !== 0; rest &= rest - 1)
        changes.push(w * 32 + 31 - Math.clz32(rest & -rest));
    changes[count] = changes.length - count - 1;
  }
  return { whole, starts, changes: words > 2 ** 11 ? new Uint32Array(changes) : new Uint16Array(changes) };
}

function rowOf({ whole, starts, changes }: PackedRows, words: number, row: number): Uint32Array {
  const group = Math.floor(row / STEP);
  const bits = whole.slice(group * words, (group + 1) * words);
  let at = starts[group]!;
  for (let r = group * STEP; r < row; r++) {
    const end = at + changes[at]!;
    while (at++ < end) bits[changes[at]! >> 5]! ^= 1 << (changes[at]! & 31);
  }
  return bits;
}
