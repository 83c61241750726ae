import { affineTable, type Network, type NetworkNode, network, type Quantizer, quantizer, unitsOf } from "@maso/core";

/**
 * The network with each ReLU that only one max-pool reads, and each max-pool that only one ReLU reads, made one quantizer: its pieces
 * are the window's values and 0. The function is the same; a region then counts such a pair as one unit ([MM] arXiv 1805.06576).
 */
export function fusePairs(original: Network): Network {
  const offset = original.inputs.length;
  const readers = original.nodes.map((_, n) => readersOf(original, n));
  const second = new Map<number, number>();
  const first = new Set<number>();
  original.nodes.forEach(({ op }, n) => {
    const [reader] = readers[n]!;
    if (op.type !== "quantizer" || readers[n]!.length !== 1 || reader === undefined || reader === "output" || second.has(n)) return;
    const next = original.nodes[reader]!.op;
    if (next.type === "quantizer" && ((isRelu(op) && isMaxPool(next)) || (isMaxPool(op) && isRelu(next)))) {
      first.add(n);
      second.set(reader, n);
    }
  });
  if (first.size === 0) return original;
  const place = new Map<number, number>();
  const nodes: NetworkNode[] = [];
  const moved = (source: number): number => (source < offset ? source : place.get(source - offset)!);
  original.nodes.forEach((node, n) => {
    if (first.has(n)) return;
    const before = second.get(n);
    const from = before === undefined ? node.from : original.nodes[before]!.from;
    nodes.push({
      id: node.id,
      op: before === undefined ? node.op : fused(original.nodes[before]!.op as Quantizer, node.op as Quantizer),
      from: from.map(moved),
    });
    place.set(n, offset + nodes.length - 1);
  });
  return network({ ...original, nodes, output: moved(original.output) });
}

function readersOf({ inputs, nodes, output }: Network, n: number): readonly (number | "output")[] {
  const source = inputs.length + n;
  const found: (number | "output")[] = nodes.flatMap(({ from }, i) => from.filter((each) => each === source).map(() => i));
  return output === source ? [...found, "output"] : found;
}

/** max(0, x). */
function isRelu({ reads, inputs, pieces, selectors }: Quantizer): boolean {
  if (reads.type !== "elementwise" || inputs.length !== 1 || typeof pieces === "string" || pieces.rows !== 1) return false;
  const isRamp = pieces.slopes.join() === "0,1" && pieces.offsets.every((value) => value === 0);
  return (
    isRamp &&
    (selectors === "pieces" ||
      (typeof selectors === "object" &&
        selectors.rows === 1 &&
        selectors.slopes.join() === "0,1" &&
        selectors.offsets.every((value) => value === 0)))
  );
}

function isMaxPool({ reads, pieces, selectors }: Quantizer): boolean {
  return reads.type === "window" && pieces === "values" && selectors === "pieces";
}

function fused(a: Quantizer, b: Quantizer): Quantizer {
  const pool = isMaxPool(a) ? a : b;
  const { arity, reads, count } = unitsOf(pool);
  const slopes = Float64Array.from({ length: (arity + 1) * arity }, (_, i) => (Math.floor(i / arity) === i % arity ? 1 : 0));
  const table = reads ?? Int32Array.from({ length: count * arity }, (_, i) => i);
  return {
    ...quantizer({
      inputs: pool.inputs,
      output: pool.output,
      reads: { type: "indices", arity, table },
      pieces: affineTable(arity, { slopes }),
    }),
    kind: "fused",
    params: null,
  };
}
