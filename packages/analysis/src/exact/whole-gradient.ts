import type { Choices } from "./code-tree";
import type { WholeNetwork, WholeQuantizer, WholeReads } from "./whole-network";

/**
 * How the whole number behind an output changes with those behind the inputs, all quantizers frozen: one number per value of all inputs
 * laid end to end, 0 where the output does not depend on it. In terms of the values themselves it is times 2^(exponent(output) −
 * exponent(input)).
 */
export function wholeGradient(whole: WholeNetwork, choices: Choices, output: number): readonly bigint[] {
  const { inputs, nodes } = whole.network;
  const gathered: bigint[][] = [...inputs, ...nodes].map(() => []);
  gathered[whole.network.output]![output] = 1n;
  for (let at = nodes.length - 1; at >= 0; at--) {
    const own = gathered[inputs.length + at]!;
    if (own.length === 0) continue;
    const node = whole.node(at);
    own.forEach((value, k) => {
      if (value === 0n) return;
      if (node.type === "quantizer") addPiece(node, k, choices[at]![k]!, value, gathered);
      else {
        const { indices, weights } = node.row(k);
        weights.forEach((weight, e) => {
          add(node, indices[e]!, weight * value, gathered);
        });
      }
    });
  }
  return inputs.flatMap((shape, i) => Array.from({ length: shape.reduce((a, b) => a * b, 1) }, (_, j) => gathered[i]![j] ?? 0n));
}

function addPiece(node: WholeQuantizer, k: number, r: number, value: bigint, gathered: bigint[][]): void {
  const { pieces, units } = node;
  const place = (i: number): number => (units.reads === null ? k : units.reads[k * units.arity + i]!);
  if (pieces === null) {
    add(node, place(r), value, gathered);
    return;
  }
  const row = (k % pieces.rows) * pieces.pieces + r;
  for (let i = 0; i < pieces.arity; i++) {
    const slope = pieces.slopes[row * pieces.arity + i]!;
    if (slope !== 0n) add(node, place(i), slope * value, gathered);
  }
}

function add({ parts }: WholeReads, j: number, value: bigint, gathered: bigint[][]): void {
  let i = parts.length - 1;
  while (parts[i]!.start > j) i--;
  const { source, start, shift } = parts[i]!;
  const own = gathered[source]!;
  own[j - start] = (own[j - start] ?? 0n) + (value << shift);
}
