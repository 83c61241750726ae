import type { UnitArrays, UnitSpec } from "../unit-spec";
import { argmax, evaluateUnit } from "./evaluate-unit";
import { packPiece } from "./packed-piece";

/** The pieces that the units select at v, packed: [rows, words]. */
export function code(out: Int32Array, v: Float32Array, spec: UnitSpec, arrays: UnitArrays): void {
  const { count, pieces, inputSize, words } = spec;
  const [z, s] = [new Float64Array(pieces), new Float64Array(pieces)];
  out.fill(0);
  for (let at = 0, base = 0; at < out.length; at += words, base += inputSize)
    for (let k = 0; k < count; k++) {
      evaluateUnit(spec, arrays, v, base, k, z, s);
      packPiece(spec, out, at, k, argmax(s));
    }
}
