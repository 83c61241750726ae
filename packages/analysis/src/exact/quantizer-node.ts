import { MasoError } from "@maso/core";
import type { WholeNetwork, WholeQuantizer } from "./whole-network";

/** A node that has units. Throws "params" of another. */
export function quantizerNode(whole: WholeNetwork, index: number): WholeQuantizer {
  const found = whole.network.nodes[index];
  if (found === undefined || found.op.type !== "quantizer")
    throw new MasoError("params", `exact: node ${index} needs to be a quantizer, but ${found ? `${found.id} is affine` : "there is none"}`);
  return whole.node(index) as WholeQuantizer;
}
