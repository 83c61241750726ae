import { random } from "@maso/core";
import { type CodeLayout, layoutOf, type PackedCodes, packCode } from "../../src/codes";

/** A layout of quantizers of so many units and pieces. */
export const layoutFor = (...sizes: readonly (readonly [units: number, pieces: number])[]): CodeLayout =>
  layoutOf(sizes.map(([units, pieces], node) => ({ node, id: String(node), units, pieces })));

/** Seeded codes: any piece of any unit; some rows repeat earlier ones but for a few units, so that near ones and ties occur. */
export function randomCodes(layout: CodeLayout, rows: number, seed: number): PackedCodes {
  const { uniform } = random(seed);
  const layers = layout.nodes.map(({ node, id, units, pieces }) => {
    const choice = pieces <= 256 ? new Uint8Array(rows * units) : new Uint32Array(rows * units);
    for (let row = 0; row < rows; row++) {
      const like = uniform() < 0.5 ? Math.floor(uniform() * row) : null;
      for (let k = 0; k < units; k++)
        choice[row * units + k] = like === null || uniform() < 0.05 ? Math.floor(uniform() * pieces) : choice[like * units + k]!;
    }
    return { node, id, units, pieces, choice, weights: null };
  });
  return packCode(layout, { rows, layers });
}
