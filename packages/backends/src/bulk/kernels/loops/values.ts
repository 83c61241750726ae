import type { UnitArrays, UnitSpec } from "../unit-spec";
import { argmax, etaOf, evaluateUnit, toWeights } from "./evaluate-unit";

/** What the units give at v, [rows, inputSize]: [rows, count]. */
export function values(out: Float32Array, v: Float32Array, spec: UnitSpec, arrays: UnitArrays): void {
  const { count, pieces, inputSize } = spec;
  const [z, s] = [new Float64Array(pieces), new Float64Array(pieces)];
  for (let at = 0, base = 0; at < out.length; base += inputSize)
    for (let k = 0; k < count; k++, at++) {
      evaluateUnit(spec, arrays, v, base, k, z, s);
      const eta = etaOf(spec, arrays, k);
      if (eta < 0) {
        out[at] = z[argmax(s)]!;
      } else {
        toWeights(s, eta);
        let mean = 0;
        for (let r = 0; r < pieces; r++) mean += s[r]! * z[r]!;
        out[at] = mean;
      }
    }
}
