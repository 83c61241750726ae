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
  const every = new Int32Array(count);
  for (let row = 0; row < count; row++) every[row] = row;
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
  const units = unitsOf(quantizer);
  const { table, reads } = units;
  if (reads === null && table !== null && table.rows === 1) slopesOfOne(outputs.length, table.slopes, choice, inputs, outputs);
  else if (table === null) chosenReads(units, choice, inputs, outputs);
  else tabledSlopes(units, table, choice, inputs, outputs);
}

/** Of units of one value each that have the same pieces. */
function slopesOfOne(count: number, slopes: Float64Array, choice: Uint32Array, inputs: Float64Array, outputs: Float64Array): void {
  for (let at = 0; at < count; at++) outputs[at] = slopes[choice[at]!]! * inputs[at]!;
}

/** Of units that give one of the values that they read. */
function chosenReads(
  { count, arity, inputSize: size, reads }: Units,
  choice: Uint32Array,
  inputs: Float64Array,
  outputs: Float64Array,
): void {
  for (let at = 0, first = 0; at < outputs.length; first += size)
    for (let k = 0; k < count; k++, at++) outputs[at] = inputs[first + (reads === null ? k : reads[k * arity + choice[at]!]!)]!;
}

function tabledSlopes(
  { count, pieces, arity, inputSize: size, reads }: Units,
  { rows, slopes }: NonNullable<Units["table"]>,
  choice: Uint32Array,
  inputs: Float64Array,
  outputs: Float64Array,
): void {
  for (let at = 0, first = 0; at < outputs.length; first += size)
    for (let k = 0; k < count; k++, at++) {
      const row = ((k % rows) * pieces + choice[at]!) * arity;
      let sum = 0;
      for (let i = 0; i < arity; i++) {
        const read = reads === null ? k : reads[k * arity + i]!;
        if (read >= 0) sum += slopes[row + i]! * inputs[first + read]!;
      }
      outputs[at] = sum;
    }
}

type Units = ReturnType<typeof unitsOf>;
