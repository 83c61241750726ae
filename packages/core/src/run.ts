import type { Compute } from "./compute/compute";
import { plainCompute } from "./compute/plain-compute";
import { MasoError } from "./maso-error";
import { inputSize, type Network, type NetworkNode, sourceShape } from "./network";
import type { AffineOperator } from "./operator";
import { type Rows, rowsOf, type Shape, sizeOf } from "./shape";

export interface ComputeOptions {
  /** The heavy loops; plain TypeScript where absent. */
  readonly compute?: Compute;
}

export const computeOf = (options?: ComputeOptions): Compute => options?.compute ?? plainCompute;

/** What a node makes of the values of its sources. */
export type Visit<V> = (node: NetworkNode, sources: readonly V[], index: number) => V;

/** Runs the nodes that the target source needs, in order; a value is dropped after its last use. */
export function run<V>({ inputs, nodes }: Network, target: number, x: readonly V[], visit: Visit<V>): V {
  const lastUse = lastUses({ inputs, nodes }, target);
  const values: (V | undefined)[] = [...x];
  nodes.forEach((node, index) => {
    const source = inputs.length + index;
    if (lastUse[source] === undefined) return;
    values[source] = visit(
      node,
      node.from.map((from) => values[from]!),
      index,
    );
    for (const from of node.from) if (lastUse[from] === index) values[from] = undefined;
  });
  return values[target]!;
}

/** The last node that reads each source, for the sources that the target depends on. */
function lastUses({ inputs, nodes }: Pick<Network, "inputs" | "nodes">, target: number): (number | undefined)[] {
  const last: (number | undefined)[] = [];
  last[target] = nodes.length;
  for (let index = nodes.length - 1; index >= 0; index--)
    if (last[inputs.length + index] !== undefined) for (const from of nodes[index]!.from) last[from] ??= index;
  return last;
}

/** Sends u, one row per seed of a source, back to the inputs: `visit` is a node's adjoint. Sources nobody seeds get null. */
export function runBack(
  { inputs, nodes }: Network,
  seeds: readonly { readonly source: number; readonly u: Rows }[],
  visit: (node: NetworkNode, u: Rows, index: number) => readonly Rows[],
): (Rows | undefined)[] {
  const gathered: (Rows | undefined)[] = [];
  const add = (source: number, u: Rows): void => {
    const sum = gathered[source];
    gathered[source] = sum === undefined ? u : addRows(sum, u);
  };
  for (const { source, u } of seeds) add(source, u);
  for (let index = nodes.length - 1; index >= 0; index--) {
    const source = inputs.length + index;
    const u = gathered[source];
    if (u === undefined) continue;
    gathered[source] = undefined;
    const node = nodes[index]!;
    visit(node, u, index).forEach((part, i) => add(node.from[i]!, part));
  }
  return gathered.slice(0, inputs.length);
}

function addRows(a: Rows, b: Rows): Rows {
  const sum = new Float64Array(a.length);
  for (let i = 0; i < sum.length; i++) sum[i] = a[i]! + b[i]!;
  return sum;
}

/** A x + b. */
export function applyAffine(op: AffineOperator, sources: readonly Rows[], compute: Compute): Rows {
  const { bias } = op;
  const linear = op.linear(sources, compute);
  if (bias.length === 1 && bias[0] === 0) return linear;
  // What an operator makes is nobody else's, unless it hands on what it was given.
  const result = sources.some(({ buffer }) => buffer === linear.buffer) ? linear.slice() : linear;
  for (let i = 0; i < result.length; ) for (let k = 0; k < bias.length; k++, i++) result[i]! += bias[k]!;
  return result;
}

/** Several sources laid end to end, row by row. One source is returned as it is. */
export function joinRows(parts: readonly Rows[], shapes: readonly Shape[]): Rows {
  if (parts.length === 1) return parts[0]!;
  const sizes = shapes.map(sizeOf);
  const width = sizes.reduce((total, size) => total + size, 0);
  const rows = parts[0]!.length / sizes[0]!;
  const joined = new Float64Array(rows * width);
  let offset = 0;
  parts.forEach((part, p) => {
    const size = sizes[p]!;
    for (let row = 0; row < rows; row++) joined.set(part.subarray(row * size, (row + 1) * size), row * width + offset);
    offset += size;
  });
  return joined;
}

/** The inverse of joinRows. */
export function splitRows(joined: Rows, shapes: readonly Shape[]): readonly Rows[] {
  if (shapes.length === 1) return [joined];
  const width = shapes.reduce((total, shape) => total + sizeOf(shape), 0);
  const rows = joined.length / width;
  let offset = 0;
  return shapes.map((shape) => {
    const size = sizeOf(shape);
    const part = new Float64Array(rows * size);
    for (let row = 0; row < rows; row++) part.set(joined.subarray(row * width + offset, row * width + offset + size), row * size);
    offset += size;
    return part;
  });
}

/** Points x as one array per input. Throws "shape" and "non-finite". */
export function splitInput(who: string, network: Network, x: Rows): readonly Rows[] {
  rowsOf(who, x, inputSize(network));
  const bad = x.findIndex((value) => !Number.isFinite(value));
  if (bad >= 0) throw new MasoError("non-finite", `${who}: value ${bad} of the input is ${x[bad]}; it must be a finite number`);
  return splitRows(x, network.inputs);
}

const BLOCK_VALUES = 2 ** 22;

/** Runs blocks of rows so that no node's values grow beyond some 32 MB, and lays the results end to end. */
export function inBlocks(network: Network, rows: number, outputSize: number, block: (from: number, to: number) => Rows): Rows {
  let widest = 0;
  for (let source = 0; source < network.inputs.length + network.nodes.length; source++)
    widest = Math.max(widest, sizeOf(sourceShape(network, source)));
  const step = Math.max(1, Math.floor(BLOCK_VALUES / widest));
  if (rows <= step) return block(0, rows);
  const result = new Float64Array(rows * outputSize);
  for (let from = 0; from < rows; from += step) result.set(block(from, Math.min(rows, from + step)), from * outputSize);
  return result;
}
