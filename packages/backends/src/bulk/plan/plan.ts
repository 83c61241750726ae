import type { AffineForm, AffineOperator, Network, Quantizer, Shape } from "@maso/core";
import { neededNodes } from "../../codes/code-layout";

/** A step of a compiled network: a quantizer, or one or several affine operators as one. */
export interface PlanNode {
  readonly op: PlannedAffine | Quantizer;
  /** Sources as in a network: the inputs, then the nodes of the plan. */
  readonly from: readonly number[];
}

export interface PlannedAffine {
  readonly type: "affine";
  readonly inputs: readonly Shape[];
  readonly output: Shape;
  readonly bias: Float64Array;
  /** What it is made of; an operator that says nothing of its form is itself. */
  readonly form: AffineForm | AffineOperator;
}

/** What runs, in order: only nodes that the output depends on. */
export interface Plan {
  readonly inputs: readonly Shape[];
  readonly nodes: readonly PlanNode[];
  readonly output: number;
}

export function planOf(network: Network): Plan {
  const { inputs, nodes, output } = network;
  const needed = neededNodes(network);
  const renamed = new Map<number, number>(inputs.map((_, i) => [i, i]));
  const planned: PlanNode[] = [];
  nodes.forEach(({ op, from }, n) => {
    if (!needed.has(n)) return;
    planned.push({ op: op.type === "affine" ? plannedAffine(op) : op, from: from.map((source) => renamed.get(source)!) });
    renamed.set(inputs.length + n, inputs.length + planned.length - 1);
  });
  return { inputs, nodes: planned, output: renamed.get(output)! };
}

/** How many readers each source has; the output has one more. */
export function readersOf({ inputs, nodes, output }: Plan): readonly number[] {
  const readers = new Array<number>(inputs.length + nodes.length).fill(0);
  for (const { from } of nodes) for (const source of from) readers[source]!++;
  readers[output]!++;
  return readers;
}

function plannedAffine(op: AffineOperator): PlannedAffine {
  const { inputs, output, bias } = op;
  return { type: "affine", inputs, output, bias, form: op.form ?? op };
}
