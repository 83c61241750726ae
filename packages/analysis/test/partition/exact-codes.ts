import { type Network, unitsOf } from "@maso/core";
import { exactNetwork, exactPoint } from "../../src/exact";
import { fusePairs } from "../../src/partition/fuse-pairs";
import { neededNodes } from "./unit-cells";

/** The code at a point t of a segment, from exact arithmetic, as a string; a ReLU and a max-pool that count as one are one unit. */
export function exactCodes(original: Network, from: Float64Array, to: Float64Array): (t: number) => string {
  const network = fusePairs(original);
  const needed = neededNodes(network);
  const window = Float64Array.of(0, 0, 1, 0, 0, 1);
  const exact = exactNetwork(network, { origin: new Float64Array(from.length), axes: [to, from], window });
  return (t) => {
    const { x, w } = exactPoint(t, 0);
    const run = exact.at({ x, y: w - x, w });
    return network.nodes
      .map(({ op }, node) => {
        if (op.type !== "quantizer" || !needed.has(node)) return "";
        const { count, pieces } = unitsOf(op);
        return Array.from({ length: count }, (_, unit) => {
          let best = 0;
          for (let r = 1; r < pieces; r++) if (run.sign(node, unit, r, best) > 0) best = r;
          return best;
        }).join();
      })
      .join("|");
  };
}
