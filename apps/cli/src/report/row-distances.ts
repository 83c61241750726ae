import { type Distances, distances } from "@maso/analysis";
import type { Code } from "@maso/core";
import type { ExplainedRow } from "../model/explain-rows";

export type RowDistances = Distances;

/** The VQ distances between all inputs, from their codes of one row each. */
export function rowDistances(rows: readonly ExplainedRow[]): RowDistances {
  return distances(joinCodes(rows.map(({ code }) => code)));
}

function joinCodes(codes: readonly Code[]): Code {
  return {
    rows: codes.length,
    layers: codes[0]!.layers.map((layer, l) => {
      const choice = new (layer.choice.constructor as Uint8ArrayConstructor)(layer.units * codes.length);
      codes.forEach((code, row) => {
        choice.set(code.layers[l]!.choice as Uint8Array, row * layer.units);
      });
      return { ...layer, choice, weights: null };
    }),
  };
}
