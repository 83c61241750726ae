import type { Choice } from "./choice";
import { type FrozenUnits, freezeCode } from "./frozen-units";
import { applyAdjoint, applyLinearization, type Linearization } from "./linearization";
import type { LocalMap } from "./local-map";
import { inputSize, type Network } from "./network";
import type { ComputeOptions } from "./run";

/**
 * The affine maps of given codes, wherever their regions lie: choices[n] has the pieces that the units of node n use, [rows, units].
 * Quantizers without one must not be on the way to the output.
 */
export function mapOfCode(
  network: Network,
  rows: number,
  choices: readonly (Choice | undefined)[],
  options?: ComputeOptions,
): Pick<LocalMap, "rows" | "linear" | "adjoint" | "bias"> {
  const frozen: (FrozenUnits | undefined)[] = network.nodes.map(({ op }, n) =>
    op.type === "quantizer" && choices[n] ? freezeCode(op, { choice: choices[n]!, weights: null }) : undefined,
  );
  const linearization: Linearization = { network, rows, frozen, options };
  return {
    rows,
    linear: (v) => applyLinearization(linearization, v, false),
    adjoint: (u) => applyAdjoint(linearization, u),
    bias: () => applyLinearization(linearization, new Float64Array(rows * inputSize(network)), true),
  };
}
