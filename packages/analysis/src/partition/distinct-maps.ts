import type { ExactNetwork } from "../exact";
import type { ComplexCollector } from "./collect-complex";
import { choicesAt } from "./level";
import type { Stages } from "./stages";

/** Maps closer than this, relative to the largest coefficient, are compared exactly. */
const NEAR = 2 ** -24;

/** How many maps on the slice differ as exact affine functions: floats tell most apart, near ones are compared exactly. */
export function* distinctMaps(stages: Stages, exact: ExactNetwork, complex: ComplexCollector, outputs: number): Generator<null, number> {
  const maps = complex.maps.values;
  const width = 3 * outputs;
  const count = complex.faces;
  const scale = maps.reduce((most, value) => Math.max(most, Math.abs(value)), Number.MIN_VALUE);
  const near = NEAR * scale;
  const order = Array.from({ length: count }, (_, f) => f).sort((a, b) => maps[a * width]! - maps[b * width]!);
  const exactKey = new Map<number, string>();
  const keyOf = (face: number): string => {
    let key = exactKey.get(face);
    if (key === undefined) {
      const { level, levelFace, first } = complex.blockOf(face);
      key = exact
        .outputForms(choicesAt(stages, level, levelFace[face - first]!))
        .map(({ a, b, c }) => `${a},${b},${c}`)
        .join(";");
      exactKey.set(face, key);
    }
    return key;
  };
  let equal = 0;
  for (let i = 0; i < count; i++) {
    const face = order[i]!;
    if (i % 1024 === 0) yield null;
    for (let j = i - 1; j >= 0 && maps[face * width]! - maps[order[j]! * width]! <= near; j--) {
      const other = order[j]!;
      let k = 0;
      while (k < width && Math.abs(maps[face * width + k]! - maps[other * width + k]!) <= near) k++;
      if (k < width) continue;
      yield null;
      if (keyOf(face) !== keyOf(other)) continue;
      equal++;
      break;
    }
  }
  return count - equal;
}
