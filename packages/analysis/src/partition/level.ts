import type { CutFaces } from "./cut-mesh";
import type { Cuts } from "./cuts";
import type { Stage, Stages } from "./stages";

/** The faces of a mesh after one stage: their codes there, and the faces before it that they are part of. */
export interface Level {
  readonly stage: number;
  /** How many regions after this stage other levels have before this one. */
  readonly before: number;
  readonly parent: Level | null;
  /** By face: its face in the parent level. */
  readonly parentFace: Int32Array;
  readonly words: number;
  /** `negative` is null where every cut is strictly on one side of every face: then it is what `positive` is not. */
  readonly faces: Pick<CutFaces, "positive" | "winners"> & { readonly negative: Uint32Array | null };
}

/** Which piece each unit of a level's stage uses on one of its faces: ties all over the face go to the lowest index. */
export function codeAt(level: Pick<Level, "words" | "faces">, face: number, { cuts }: Pick<Stage, "cuts">): Int32Array {
  return Int32Array.from(cuts!.rules, (_, k) => pieceAt(level, face, cuts!, k));
}

/** Which piece unit k of a level's stage uses on one of its faces. */
export function pieceAt({ words, faces }: Pick<Level, "words" | "faces">, face: number, { rules, pairs }: Cuts, k: number): number {
  const rule = rules[k]!;
  if (rule.type === "pairs") return rule.pieces[faces.winners[face * pairs[rules.length]! + pairs[k]!]!]!;
  let place = 0;
  for (let i = 0; i < rule.cuts.length; i++) {
    const { cut, sign } = rule.cuts[i]!;
    const word = face * words + (cut >> 5);
    const bit = 1 << (cut & 31);
    const isPositive = (faces.positive[word]! & bit) !== 0;
    const isNegative = faces.negative === null ? !isPositive : (faces.negative[word]! & bit) !== 0;
    const isTie = !isPositive && !isNegative;
    if ((sign > 0 ? isPositive : isNegative) || (isTie && rule.pieces[i + 1]! < rule.pieces[i]!)) place = i + 1;
  }
  return rule.pieces[place]!;
}

/** The pieces of all units up to a level on one of its faces, by node of the network. */
export function choicesAt(stages: Stages, level: Level | null, face: number): (Int32Array | undefined)[] {
  const choices: (Int32Array | undefined)[] = [];
  for (let [at, f] = [level, face]; at !== null; [at, f] = [at.parent, at.parentFace[f]!]) {
    const stage = stages.list[at.stage]!;
    choices[stage.node] = codeAt(at, f, stage);
  }
  return choices;
}

/** A name for the pieces of all units up to a level on one of its faces: 64 bits of a hash. */
export function codeKeyAt(stages: Stages, level: Level | null, face: number): string {
  let [a, b] = [0x811c9dc5, 0x9747b28c];
  for (let [at, f] = [level, face]; at !== null; [at, f] = [at.parent, at.parentFace[f]!])
    for (const piece of codeAt(at, f, stages.list[at.stage]!)) {
      a = Math.imul(a ^ (piece + 1), 0x01000193);
      b = Math.imul(b ^ (piece + 1), 0x5bd1e995) ^ (b >>> 15);
    }
  return [a, b].map((word) => (word >>> 0).toString(16).padStart(8, "0")).join("");
}
