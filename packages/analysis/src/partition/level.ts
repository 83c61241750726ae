import type { CutFaces } from "./cut-mesh";
import { codeInto } from "./level-codes";
import type { PackedFaces } from "./pack-level";
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
  readonly faces: Pick<CutFaces, "positive" | "negative" | "winners"> | PackedFaces;
}

/** Which piece each unit of a level's stage uses on one of its faces: ties all over the face go to the lowest index. */
export function codeAt(level: Pick<Level, "words" | "faces">, face: number, { cuts }: Pick<Stage, "cuts">): Int32Array {
  const code = new Int32Array(cuts!.rules.length);
  codeInto(code, level, face, cuts!);
  return code;
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
