import { constantOps, shapeOps } from "./graph/constant-ops";
import { ALIASES } from "./graph/draft-graph";
import { knownRefusals } from "./known-refusals";

/** What the reader knows besides the rules of the registry's plugins; for tables of what is supported. */
export const vocabulary = {
  /** Classes, activations and ops that are refused, each with the reason. */
  refused: knownRefusals,
  /** Ops that hand on what they read. */
  aliases: [...ALIASES] as readonly string[],
  /** Ops that follow from weights or from shapes alone and are computed while reading. */
  computed: [...new Set([...Object.keys(constantOps), ...Object.keys(shapeOps)])] as readonly string[],
};
