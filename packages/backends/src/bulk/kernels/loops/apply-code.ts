import type { UnitArrays, UnitSpec } from "../unit-spec";
import { packedPiece } from "./packed-piece";

/** Units held at the pieces of a code, [points, words], applied to v, [points · group, inputSize]: [points · group, count]. */
export function applyCode(
  out: Float32Array,
  v: Float32Array,
  words: Int32Array,
  spec: UnitSpec,
  { reads, table }: UnitArrays,
  group: number,
  withOffsets: boolean,
): void {
  const { count, arity, inputSize, tableRows } = spec;
  for (let row = 0, at = 0; at < out.length; row++) {
    const own = Math.floor(row / group) * spec.words;
    const base = row * inputSize;
    for (let k = 0; k < count; k++, at++) {
      const piece = packedPiece(spec, words, own, k);
      if (table === null) {
        out[at] = v[base + (reads === null ? k : reads[k * arity + piece]!)]!;
        continue;
      }
      let entry = piece * (arity + 1) * tableRows + (k % tableRows);
      let sum = withOffsets ? table[entry + arity * tableRows]! : 0;
      for (let i = 0; i < arity; i++, entry += tableRows) {
        const index = reads === null ? k : reads[k * arity + i]!;
        if (index >= 0) sum += table[entry]! * v[base + index]!;
      }
      out[at] = sum;
    }
  }
}
