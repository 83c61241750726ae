import { type Network, type SparseVector, sizeOf, sourceShape } from "@maso/core";

/** What output j of a source adds to each stage, through the affine operators behind it alone. */
export function sparseSpread(
  network: Network,
  nodes: readonly number[],
  stageOf: ReadonlyMap<number, number>,
  source: number,
  j: number,
  last: number,
): ReadonlyMap<number, SparseVector> {
  const values = new Map<number, ReadonlyMap<number, number>>([[source, new Map([[j, 1]])]]);
  // Most columns go through one operator.
  const direct = new Map<number, SparseVector>();
  const result = new Map<number, SparseVector>();
  const collect = (l: number, sources: readonly number[]): void => {
    const only = sources.length === 1 ? direct.get(sources[0]!) : undefined;
    if (only) {
      if (only.indices.length > 0) result.set(l, only);
      return;
    }
    const entries: [number, number][] = [];
    let offset = 0;
    for (const each of sources) {
      for (const [i, value] of entriesOf(each)) if (value !== 0) entries.push([offset + i, value]);
      offset += sizeOf(sourceShape(network, each));
    }
    if (entries.length === 0) return;
    entries.sort(([a], [b]) => a - b);
    result.set(l, { indices: Int32Array.from(entries, ([i]) => i), values: Float64Array.from(entries, ([, value]) => value) });
  };
  const entriesOf = (each: number): Iterable<readonly [number, number]> => {
    const vector = direct.get(each);
    if (vector && !values.has(each)) values.set(each, new Map(Array.from(vector.indices, (i, e) => [i, vector.values[e]!])));
    return values.get(each) ?? [];
  };
  for (const n of nodes) {
    const { op, from } = network.nodes[n]!;
    if (op.type === "quantizer") {
      collect(stageOf.get(n)!, from);
      continue;
    }
    if (from.length === 1 && from[0] === source) {
      direct.set(network.inputs.length + n, op.column(j));
      continue;
    }
    const sums = new Map<number, number>();
    let offset = 0;
    for (const each of from) {
      for (const [i, value] of entriesOf(each)) {
        const { indices, values: entries } = op.column(offset + i);
        for (let e = 0; e < indices.length; e++) sums.set(indices[e]!, (sums.get(indices[e]!) ?? 0) + value * entries[e]!);
      }
      offset += sizeOf(sourceShape(network, each));
    }
    if (sums.size > 0) values.set(network.inputs.length + n, sums);
  }
  collect(last, [network.output]);
  return result;
}
