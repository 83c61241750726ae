import type { Cuts } from "./cuts";
import type { Level } from "./level";
import { type PackedFaces, type PlainFaces, unpackedFace } from "./pack-level";

/** How the pieces of a stage's units follow from the signs of its cuts, laid flat. */
interface FlatRules {
  /** Unit k: cuts first[k] ... first[k + 1] − 1 of the lists below; its pieces begin at first[k] + k. Units of several values have no cuts here. */
  readonly first: Int32Array;
  readonly cuts: Int32Array;
  readonly signs: Int8Array;
  readonly pieces: Int32Array;
  /** By unit, and after the last: how many units of several values are before it. */
  readonly pairs: Int32Array;
  /** Where unit k has two pieces, between which cut k decides, for all units: those where it is positive, and negative. */
  readonly ofCut: { readonly positive: Int32Array; readonly negative: Int32Array } | null;
}

const flat = new WeakMap<Cuts, FlatRules>();

function flatRules(cuts: Cuts): FlatRules {
  const known = flat.get(cuts);
  if (known) return known;
  const { rules } = cuts;
  const lines = rules.map((rule) => (rule.type === "line" ? rule : { pieces: [0], cuts: [] }));
  const first = new Int32Array(rules.length + 1);
  lines.forEach((rule, k) => {
    first[k + 1] = first[k]! + rule.cuts.length;
  });
  const all = lines.flatMap((rule) => [...rule.cuts]);
  const pairs = new Int32Array(rules.length + 1);
  rules.forEach(({ type }, k) => {
    pairs[k + 1] = pairs[k]! + (type === "pairs" ? 1 : 0);
  });
  const made = {
    first,
    cuts: Int32Array.from(all, ({ cut }) => cut),
    signs: Int8Array.from(all, ({ sign }) => sign),
    pieces: Int32Array.from(lines.flatMap(({ pieces }) => [...pieces])),
    pairs,
    ofCut: piecesOfCuts(rules),
  };
  flat.set(cuts, made);
  return made;
}

function piecesOfCuts(rules: Cuts["rules"]): FlatRules["ofCut"] {
  const positive = new Int32Array(rules.length);
  const negative = new Int32Array(rules.length);
  for (const [k, rule] of rules.entries()) {
    if (rule.type !== "line" || rule.cuts.length !== 1 || rule.cuts[0]!.cut !== k) return null;
    const isRising = rule.cuts[0]!.sign > 0;
    positive[k] = rule.pieces[isRising ? 1 : 0]!;
    negative[k] = rule.pieces[isRising ? 0 : 1]!;
  }
  return { positive, negative };
}

/** Which piece unit k of a level's stage uses on one of its faces: ties all over the face go to the lowest index. */
export function pieceAt({ words, faces }: Pick<Level, "words" | "faces">, face: number, cuts: Cuts, k: number): number {
  if ("above" in faces) return pieceOf(cuts, flatRules(cuts), words, unpacked(words, faces, face, cuts), 0, k);
  return pieceOf(cuts, flatRules(cuts), words, faces, face, k);
}

/** Writes the pieces of all units of a level's stage on one of its faces. */
export function codeInto(code: Int32Array | Uint32Array, { words, faces }: Pick<Level, "words" | "faces">, face: number, cuts: Cuts): void {
  const rules = flatRules(cuts);
  const isPacked = "above" in faces;
  const plain = isPacked ? unpacked(words, faces, face, cuts) : faces;
  const row = isPacked ? 0 : face;
  if (rules.ofCut !== null && plain.negative === null) signsInto(code, plain.positive, row * words, rules.ofCut);
  else for (let k = 0; k < code.length; k++) code[k] = pieceOf(cuts, rules, words, plain, row, k);
}

/** The same where no cut is 0 all over the face, by the cut of each unit. */
function signsInto(
  code: Int32Array | Uint32Array,
  bits: Uint32Array,
  at: number,
  { positive, negative }: NonNullable<FlatRules["ofCut"]>,
): void {
  for (let k = 0; k < code.length; k++) code[k] = ((bits[at + (k >> 5)]! >>> (k & 31)) & 1) === 1 ? positive[k]! : negative[k]!;
}

function pieceOf(stageCuts: Cuts, rules: FlatRules, words: number, faces: PlainFaces, face: number, k: number): number {
  const { first, cuts, signs, pieces, pairs } = rules;
  const { positive, negative, winners } = faces;
  if (pairs[k + 1] !== pairs[k]) {
    const rule = stageCuts.rules[k]!;
    return rule.pieces[winners[face * pairs[pairs.length - 1]! + pairs[k]!]!]!;
  }
  const row = face * words;
  const [start, end] = [first[k]!, first[k + 1]!];
  let place = start + k;
  for (let i = start; i < end; i++) {
    const cut = cuts[i]!;
    const isPositive = (positive[row + (cut >> 5)]! >> (cut & 31)) & 1;
    const isNegative = negative === null ? 1 - isPositive : (negative[row + (cut >> 5)]! >> (cut & 31)) & 1;
    const isBeyond = signs[i]! > 0 ? isPositive : isNegative;
    if (isBeyond === 1 || (isPositive + isNegative === 0 && pieces[i + k + 1]! < pieces[i + k]!)) place = i + k + 1;
  }
  return pieces[place]!;
}

function unpacked(words: number, faces: PackedFaces, face: number, cuts: Cuts): PlainFaces {
  return unpackedFace(faces, face, words, flatRules(cuts).pairs.at(-1)!);
}
