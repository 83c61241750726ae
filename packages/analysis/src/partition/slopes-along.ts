import { inputSize, type Quantizer, unitsOf } from "@maso/core";
import { addTo } from "./add-to";
import type { PartitionRun } from "./partition-run";

/**
 * How a network's outputs change where its units use given pieces, one direction of the input for each: directions [count, inputs],
 * choices[node] [count, units], the result [count, outputs].
 */
export function slopesAlong(
  { stages, compute, rows: kernels }: Pick<PartitionRun, "stages" | "compute" | "rows">,
  choices: readonly (Uint32Array | undefined)[],
  directions: Float64Array,
): Float64Array {
  const count = directions.length / inputSize(stages.network);
  const every = Int32Array.from({ length: count }, (_, row) => row);
  const state = new Map<number, Float64Array>();
  const rowsOf = (stage: number): Float64Array => {
    const known = state.get(stage) ?? kernels.take(count * stages.list[stage]!.size).fill(0);
    state.set(stage, known);
    return known;
  };
  // What is spread may be one array for several stages.
  for (const [stage, rows] of stages.spread(-1, directions, compute)) rowsOf(stage).set(rows);
  const last = stages.list.length - 1;
  for (let l = 0; l < last; l++) {
    const { node, quantizer, targets } = stages.list[l]!;
    const inputs = state.get(l);
    if (quantizer === null || inputs === undefined) continue;
    const { count: units } = unitsOf(quantizer);
    const outputs = kernels.take(count * units);
    chosenSlopes(quantizer, choices[node]!, inputs, outputs);
    const others = targets.some(({ weight }) => weight === null) ? stages.spread(l, outputs, compute) : null;
    for (const { stage, weight } of targets)
      if (weight !== null) kernels.addProduct(rowsOf(stage), every, outputs, weight, stages.list[stage]!.size, units);
      else addTo(rowsOf(stage), 0, others!.get(stage)!);
    kernels.give(outputs);
    kernels.give(inputs);
  }
  const slopes = state.get(last);
  if (slopes === undefined) return new Float64Array(count * stages.list[last]!.size);
  kernels.give(slopes);
  return slopes.slice();
}

/** What the outputs of a quantizer change by where its joined inputs change by so much: rows of both. */
function chosenSlopes(quantizer: Quantizer, choice: Uint32Array, inputs: Float64Array, outputs: Float64Array): void {
  const { count, pieces, arity, inputSize: size, reads, table } = unitsOf(quantizer);
  if (reads === null && table !== null && table.rows === 1) {
    for (let at = 0; at < outputs.length; at++) outputs[at] = table.slopes[choice[at]!]! * inputs[at]!;
    return;
  }
  for (let at = 0, first = 0; at < outputs.length; first += size)
    for (let k = 0; k < count; k++, at++) {
      const r = choice[at]!;
      if (table === null) {
        outputs[at] = inputs[first + (reads === null ? k : reads[k * arity + r]!)]!;
        continue;
      }
      const row = ((k % table.rows) * pieces + r) * arity;
      let sum = 0;
      for (let i = 0; i < arity; i++) {
        const read = reads === null ? k : reads[k * arity + i]!;
        if (read >= 0) sum += table.slopes[row + i]! * inputs[first + read]!;
      }
      outputs[at] = sum;
    }
}
