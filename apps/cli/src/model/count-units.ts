import { type Network, unitsOf } from "@maso/core";

/** The units of all quantizers. */
export function countUnits({ nodes }: Network): number {
  return nodes.reduce((total, { op }) => total + (op.type === "quantizer" ? unitsOf(op).count : 0), 0);
}
