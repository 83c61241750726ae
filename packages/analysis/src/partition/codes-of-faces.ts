import { unitsOf } from "@maso/core";
import type { ComplexCollector } from "./collect-complex";
import { levelOf } from "./collect-complex";
import { codeInto } from "./level-codes";
import type { PartitionRun } from "./partition-run";

/** Faces whose maps are computed from their codes at a time. */
export const CODES_AT_ONCE = 64;

/** The codes of some faces, by node of the network, as mapOfCode takes them: good until the next ones are asked for. */
export function codesOfFaces(
  { stages, scratch }: Pick<PartitionRun, "stages" | "scratch">,
  { levels }: ComplexCollector,
  faces: Int32Array,
): (Uint32Array | undefined)[] {
  const choices: (Uint32Array | undefined)[] = [];
  for (const { node, quantizer } of stages.list) {
    if (quantizer === null) continue;
    const length = faces.length * unitsOf(quantizer).count;
    choices[node] = new Uint32Array(scratch.whole(`codes of ${node}`, length).buffer, 0, length);
  }
  for (let row = 0; row < faces.length; row++) {
    const face = faces[row]!;
    const { level, levelFace, first } = levelOf(levels, face);
    let f = levelFace[face - first]!;
    for (let at = level; at !== null; at = at.parent) {
      const { node, cuts } = stages.list[at.stage]!;
      const count = cuts!.rules.length;
      codeInto(choices[node]!.subarray(row * count, (row + 1) * count), at, f, cuts!);
      f = at.parentFace[f]!;
    }
  }
  return choices;
}
