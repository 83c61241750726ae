import type { Network } from "@maso/core";

/** A layer that maso cannot represent. */
export interface Refused {
  /** The layer's or the node's name in the file. */
  readonly node: string;
  /** What the file calls it: a kind, a class name, an op. */
  readonly op: string;
  readonly reason: string;
  /** The last nodes before it up to which the model can be analysed. */
  readonly cuts: readonly string[];
}

/** What came out of a model's file. */
export interface Reading {
  readonly format: "maso-network" | "tfjs-layers-model" | "tfjs-graph-model";
  /** null where something is refused. */
  readonly network: Network | null;
  readonly refused: readonly Refused[];
  /** Where network is null: the part that can be analysed, up to the best cut; null where there is none. */
  readonly partial: Network | null;
}
