import type { UnitArrays, UnitSpec } from "../unit-spec";
import { packedPiece } from "./packed-piece";

/** The adjoint of applyCode without offsets: u is [points · group, count], the result [points · group, inputSize]. */
export function adjointCode(
  out: Float32Array,
  u: Float32Array,
  words: Int32Array,
  spec: UnitSpec,
  { reads, table }: UnitArrays,
  group: number,
): void {
  const { count, arity, inputSize, tableRows } = spec;
  out.fill(0);
  for (let row = 0, at = 0; at < u.length; row++) {
    const own = Math.floor(row / group) * spec.words;
    const base = row * inputSize;
    for (let k = 0; k < count; k++, at++) {
      const piece = packedPiece(spec, words, own, k);
      if (table === null) {
        out[base + (reads === null ? k : reads[k * arity + piece]!)]! += u[at]!;
        continue;
      }
      let entry = piece * (arity + 1) * tableRows + (k % tableRows);
      for (let i = 0; i < arity; i++, entry += tableRows) {
        const index = reads === null ? k : reads[k * arity + i]!;
        if (index >= 0) out[base + index]! += table[entry]! * u[at]!;
      }
    }
  }
}
