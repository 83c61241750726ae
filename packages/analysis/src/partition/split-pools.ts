import {
  type AffineTable,
  type Network,
  type NetworkNode,
  network,
  type Quantizer,
  type Shape,
  sizeOf,
  sourceShape,
  unitsOf,
} from "@maso/core";
import { frontSources } from "./affine-front";
import { freeId } from "./free-id";
import { gathered } from "./gathered";

/** Pools of fewer cuts than this stay as they are. */
const FEW_CUTS = 512;
/** Units of the first group; each other one has twice as many as the one before, as the faces that it cuts are smaller. */
const FIRST_GROUP = 32;

export interface SplitNetwork {
  readonly network: Network;
  /** By node that has some of a layer's units: how many other nodes have before it, and whether it is the layer's last. */
  readonly groups: ReadonlyMap<number, Group>;
}

export interface Group {
  readonly first: number;
  readonly isLast: boolean;
}

/**
 * The network with each quantizer of many units of several values that no other stands before, made several which have some of its units each, one
 * after another. Such units are cut along whole lines of a face, many parts of which separate nothing: of the whole window these are far more
 * than its regions, of small faces few. The function and the regions are the same.
 */
export function splitPools(original: Network, fewCuts = FEW_CUTS, firstGroup = FIRST_GROUP): SplitNetwork {
  const { inputs } = original;
  const groups = new Map<number, Group>();
  const isFront = frontSources(original);
  const nodes: NetworkNode[] = [];
  const places = inputs.map((_, i) => i);
  const ids = new Set(original.nodes.map(({ id }) => id));
  const add = (node: NetworkNode): number => inputs.length + nodes.push(node) - 1;
  const made = (name: string, op: NetworkNode["op"], from: readonly number[]): number => add({ id: freeId(ids, name), op, from });
  for (const node of original.nodes) {
    const from = node.from.map((source) => places[source]!);
    const { op } = node;
    if (op.type !== "quantizer" || !node.from.every((source) => isFront[source]!) || !isWorthwhile(op, fewCuts, 2 * firstGroup)) {
      places.push(add({ ...node, from }));
      continue;
    }
    const shapes = node.from.map((source) => sourceShape(original, source));
    const count = sizeOf(op.output);
    const parts: number[] = [];
    const partShapes: Shape[] = [];
    for (let first = 0, size = firstGroup; first < count; first += size, size *= 2) {
      const end = first + 2 * size > count ? count : first + size;
      size = end - first;
      const { read, quantizer } = someUnits(op, first, end);
      const source = made(`${node.id} reads`, gathered(shapes, [read.length], read), from);
      const isLast = end === count;
      const part = isLast ? add({ id: node.id, op: quantizer, from: [source] }) : made(node.id, quantizer, [source]);
      groups.set(part - inputs.length, { first, isLast });
      parts.push(part);
      partShapes.push(quantizer.output);
    }
    const all = Int32Array.from({ length: count }, (_, k) => k);
    places.push(made(`${node.id} joined`, gathered(partShapes, op.output, all), parts));
  }
  if (groups.size === 0) return { network: original, groups };
  return { network: network({ ...original, nodes, output: places[original.output]! }), groups };
}

function isWorthwhile(op: Quantizer, fewCuts: number, fewUnits: number): boolean {
  const { count, pieces, arity, reads } = unitsOf(op);
  return arity > 1 && reads !== null && count >= fewUnits && (count * pieces * (pieces - 1)) / 2 >= fewCuts;
}

/** The units of a quantizer from one on up to another one, which read some of its joined inputs. */
function someUnits(op: Quantizer, first: number, end: number): { readonly read: Int32Array; readonly quantizer: Quantizer } {
  const { reads, arity } = unitsOf(op);
  const own = reads!.subarray(first * arity, end * arity);
  const found = new Set(own.filter((i) => i >= 0).sort());
  // Units of constants alone still need to know how many rows there are.
  const read = Int32Array.from(found.size === 0 ? [0] : found);
  const placeOf = new Map(Array.from(read, (i, place) => [i, place]));
  const { pieces, selectors } = op;
  return {
    read,
    quantizer: {
      ...op,
      inputs: [[read.length]],
      output: [end - first],
      reads: { type: "indices", arity, table: own.map((i) => placeOf.get(i) ?? -1) },
      pieces: typeof pieces === "string" ? pieces : someRows(pieces, first, end),
      selectors: typeof selectors === "string" ? selectors : someRows(selectors, first, end),
    },
  };
}

/** The rows of a table that units from one on up to another one use. */
function someRows({ rows, pieces, arity, slopes, offsets }: AffineTable, first: number, end: number): AffineTable {
  const rowsOf = (values: Float64Array, width: number): Float64Array =>
    Float64Array.from({ length: (end - first) * width }, (_, i) => values[((first + Math.floor(i / width)) % rows) * width + (i % width)]!);
  return rows === 1
    ? { rows, pieces, arity, slopes, offsets }
    : { rows: end - first, pieces, arity, slopes: rowsOf(slopes, pieces * arity), offsets: rowsOf(offsets, pieces) };
}
