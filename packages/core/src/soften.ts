import { MasoError } from "./maso-error";
import type { Network } from "./network";
import type { Quantizer } from "./operator";
import { shareUnits } from "./units";

/** The network with its hard units at β in [0, 1): ReLU becomes u·sigmoid(ηu), max-pooling softmax pooling. `all` moves soft units too. */
export function soften(network: Network, beta: number, { all = false }: { readonly all?: boolean } = {}): Network {
  if (!(beta >= 0 && beta <= 1)) throw new MasoError("params", `soften: beta is ${beta}; it must be in [0, 1]`);
  const move = (value: number): number => (all || value === 1 ? beta : value);
  return withBetas(network, (old) => (typeof old === "number" ? move(old) : old.map(move)));
}

/** The network with all units hard (β = 1): swish becomes ReLU, sigmoid a step. */
export function harden(network: Network): Network {
  return withBetas(network, () => 1);
}

/** The same quantizer, sharing its tables, at another β. */
export function withBeta(quantizer: Quantizer, beta: Quantizer["beta"]): Quantizer {
  return shareUnits(quantizer, { ...quantizer, beta });
}

function withBetas(network: Network, move: (beta: Quantizer["beta"]) => Quantizer["beta"]): Network {
  const nodes = network.nodes.map((node) => (node.op.type === "affine" ? node : { ...node, op: withBeta(node.op, move(node.op.beta)) }));
  return Object.freeze({ ...network, nodes });
}
