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
  readonly winners: PackedWinners;
}

/** Rows of places by what changes from one to the next. */
export interface PackedWinners {
  /** Every STEP-th row as it is. */
  readonly whole: Uint16Array;
  /** Where the changes before each row begin, and the last end; none are before those that are whole. */
  readonly starts: Int32Array;
  /** (unit, place). */
  readonly changes: Uint16Array | Uint32Array;
}

const STEP = 32;

/** Packs levels up to one that stays as it is. Each is packed once; where its signs were is added to what is unused. */
export function levelPacker(top: Level | null, unused: Uint32Array[]): (level: Level | null) => Level | null {
  const made = new Map<Level, Level>();
  const pack = (level: Level | null): Level | null => {
    if (level === null || level === top || "above" in level.faces) return level;
    const known = made.get(level);
    if (known) return known;
    const { words, parentFace } = level;
    const { positive, negative, winners } = level.faces;
    const apart = negative && eitherOf(positive, negative);
    const faces = {
      above: packed(positive, words, parentFace.length),
      apart: apart && packed(apart, words, parentFace.length),
      winners: packedWinners(winners, parentFace.length),
    };
    const result = { ...level, parent: pack(level.parent), faces };
    made.set(level, result);
    unused.push(positive);
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
    negative: signed && butNot(signed, positive),
    winners: winnersOf(winners, face, width),
  };
}

/** Signs as they are while a level is still cut. */
export type PlainFaces = Exclude<Level["faces"], PackedFaces>;

function eitherOf(a: Uint32Array, b: Uint32Array): Uint32Array {
  const bits = new Uint32Array(a.length);
  for (let i = 0; i < bits.length; i++) bits[i] = a[i]! | b[i]!;
  return bits;
}

function butNot(a: Uint32Array, b: Uint32Array): Uint32Array {
  const bits = new Uint32Array(a.length);
  for (let i = 0; i < bits.length; i++) bits[i] = a[i]! & ~b[i]!;
  return bits;
}

function packed(bits: Uint32Array, words: number, rows: number): PackedRows {
  const groups = Math.ceil(rows / STEP);
  const whole = new Uint32Array(groups * words);
  for (let group = 0; group < groups; group++) whole.set(bits.subarray(group * STEP * words, (group * STEP + 1) * words), group * words);
  const changed = rows - groups + bitsBetween(bits, words, rows);
  const changes = words > 2 ** 11 ? new Uint32Array(changed) : new Uint16Array(changed);
  return { whole, starts: writeChanges(changes, bits, words, rows), changes };
}

/** How many bits are not those of the row before, in all rows that have one to be told by. */
function bitsBetween(bits: Uint32Array, words: number, rows: number): number {
  let count = 0;
  for (let row = 1; row < rows; row++) {
    if (row % STEP === 0) continue;
    for (let at = row * words; at < (row + 1) * words; at++)
      for (let rest = bits[at]! ^ bits[at - words]!; rest !== 0; rest &= rest - 1) count++;
  }
  return count;
}

/** Gives where the changes after each row that is whole begin. */
function writeChanges(changes: Uint32Array | Uint16Array, bits: Uint32Array, words: number, rows: number): Int32Array {
  const starts = new Int32Array(Math.ceil(rows / STEP));
  let next = 0;
  for (let row = 0; row < rows; row++) {
    if (row % STEP === 0) {
      starts[row / STEP] = next;
      continue;
    }
    const count = next++;
    for (let w = 0, at = row * words; w < words; w++, at++)
      for (let rest = bits[at]! ^ bits[at - words]!; rest !== 0; rest &= rest - 1) changes[next++] = w * 32 + 31 - Math.clz32(rest & -rest);
    changes[count] = next - count - 1;
  }
  return starts;
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

function packedWinners(winners: Uint16Array, rows: number): PackedWinners {
  const width = winners.length / Math.max(1, rows);
  const whole = new Uint16Array(Math.ceil(rows / STEP) * width);
  const starts = new Int32Array(rows + 1);
  for (let row = 0; row < rows; row++) {
    const isWhole = row % STEP === 0;
    if (isWhole) whole.set(winners.subarray(row * width, (row + 1) * width), (row / STEP) * width);
    starts[row + 1] = starts[row]! + (isWhole ? 0 : 2 * placesBetween(winners, row, width));
  }
  const changes = width > 2 ** 16 ? new Uint32Array(starts[rows]!) : new Uint16Array(starts[rows]!);
  for (let row = 0; row < rows; row++) if (row % STEP !== 0) writePlaces(changes, starts[row]!, winners, row, width);
  return { whole, starts, changes };
}

/** How many places are not those of the row before. */
function placesBetween(winners: Uint16Array, row: number, width: number): number {
  let count = 0;
  for (let at = row * width; at < (row + 1) * width; at++) if (winners[at] !== winners[at - width]) count++;
  return count;
}

function writePlaces(changes: Uint16Array | Uint32Array, start: number, winners: Uint16Array, row: number, width: number): void {
  let next = start;
  for (let unit = 0, at = row * width; unit < width; unit++, at++) {
    if (winners[at] === winners[at - width]) continue;
    changes[next++] = unit;
    changes[next++] = winners[at]!;
  }
}

function winnersOf({ whole, starts, changes }: PackedWinners, face: number, width: number): Uint16Array {
  const first = face - (face % STEP);
  const winners = whole.slice((first / STEP) * width, (first / STEP + 1) * width);
  for (let at = starts[first]!; at < starts[face + 1]!; at += 2) winners[changes[at]!] = changes[at + 1]!;
  return winners;
}
