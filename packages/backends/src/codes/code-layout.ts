import { type Network, unitsOf } from "@maso/core";

/** Bits that hold one unit's piece: 1 for at most two pieces, 8 up to 256, else 32. */
export type UnitBits = 1 | 8 | 32;

/** Where the units of one quantizer stand in a row of packed codes. */
export interface CodeNode {
  /** Index into network.nodes. */
  readonly node: number;
  readonly id: string;
  readonly units: number;
  /** R. */
  readonly pieces: number;
  readonly bits: UnitBits;
  /** The node's first word, and how many it has. */
  readonly start: number;
  readonly words: number;
}

/**
 * A row of a packed code is `words` 32-bit words. The quantizers that the output depends on follow each other in the network's order, as
 * in core's `encode`, each from a whole word on. Unit k of a node holds the index of its piece in the bits k·bits mod 32 and up, counted
 * from the lowest, of word start + floor(k·bits / 32). What is left of a node's last word is 0.
 */
export interface CodeLayout {
  readonly nodes: readonly CodeNode[];
  readonly words: number;
  /** Of all nodes. */
  readonly units: number;
}

export function codeLayout(network: Network): CodeLayout {
  const needed = neededNodes(network);
  return layoutOf(
    network.nodes.flatMap(({ id, op }, node) => {
      if (op.type !== "quantizer" || !needed.has(node)) return [];
      const { count, pieces } = unitsOf(op);
      return [{ node, id, units: count, pieces }];
    }),
  );
}

/** The layout of quantizers that are known by their sizes. */
export function layoutOf(quantizers: readonly Pick<CodeNode, "node" | "id" | "units" | "pieces">[]): CodeLayout {
  let [start, units] = [0, 0];
  const nodes = quantizers.map((quantizer) => {
    const bits = unitBits(quantizer.pieces);
    const words = Math.ceil((quantizer.units * bits) / 32);
    const node = { ...quantizer, bits, start, words };
    start += words;
    units += quantizer.units;
    return node;
  });
  return { nodes, words: start, units };
}

const unitBits = (pieces: number): UnitBits => (pieces <= 2 ? 1 : pieces <= 256 ? 8 : 32);

/** The nodes that the output depends on. */
export function neededNodes({ inputs, nodes, output }: Network): ReadonlySet<number> {
  const needed = new Set([output - inputs.length]);
  for (let n = nodes.length - 1; n >= 0; n--)
    if (needed.has(n)) for (const source of nodes[n]!.from) if (source >= inputs.length) needed.add(source - inputs.length);
  return needed;
}
