import type { CutFaces } from "./cut-mesh";
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
  readonly faces: Pick<CutFaces, "positive" | "negative" | "winners">;
}

/** Which piece each unit of a level's stage uses on one of its faces: ties all over the face go to the lowest index. */
export function codeAt(level: Pick<Level, "words" | "faces">, face: number, { cuts }: Pick<Stage, "cuts">): Int32Array {
  const { words, faces } = level;
  const { rules } = cuts!;
  const bit = (bits: Uint32Array, cut: number): boolean => (bits[face * words + (cut >> 5)]! & (1 << (cut & 31))) !== 0;
  const isPositive = (cut: number): boolean => bit(faces.positive, cut);
  const isNegative = (cut: number): boolean => (faces.negative === null ? !bit(faces.positive, cut) : bit(faces.negative, cut));
  const pairs = rules.reduce((count, { type }) => count + (type === "pairs" ? 1 : 0), 0);
  let next = face * pairs;
  return Int32Array.from(rules, (rule) => {
    if (rule.type === "pairs") return rule.pieces[faces.winners[next++]!]!;
    let place = 0;
    rule.cuts.forEach(({ cut, sign }, i) => {
      const isBeyond = sign > 0 ? isPositive(cut) : isNegative(cut);
      const isTie = !isPositive(cut) && !isNegative(cut);
      if (isBeyond || (isTie && rule.pieces[i + 1]! < rule.pieces[i]!)) place = i + 1;
    });
    return rule.pieces[place]!;
  });
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
