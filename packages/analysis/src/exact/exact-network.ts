import { isHard, MasoError, type Network, outputShape, pieceExists, sizeOf } from "@maso/core";
import { checkSlice, type Slice } from "../partition/slice";
import { type Choices, codeTree } from "./code-tree";
import { type Evaluation, evaluate, type Value } from "./evaluate";
import type { ExactForm } from "./exact-form";
import type { ExactPoint } from "./exact-point";
import { type ExactRun, exactRun } from "./exact-run";
import { quantizerNode } from "./quantizer-node";
import { type WholeNetwork, wholeNetwork } from "./whole-network";

/**
 * A hard network on a slice in rational arithmetic. Forms come on positive scales: the selector forms of one node share one, of all its
 * units, pieces and codes, and so do all output forms. So equal functions have equal numbers, and differences are exact.
 */
export interface ExactNetwork {
  /**
   * Selector piece − selector other of a unit, with the quantizers before its node frozen at `choices` (one piece per unit by node index;
   * only those are read that it depends on). What was computed for equal codes before is used again. Throws "params" for a piece that
   * does not exist.
   */
  selectorForm(choices: Choices, node: number, unit: number, piece: number, other: number): ExactForm;
  /** The network's outputs with all quantizers frozen. */
  outputForms(choices: Choices): readonly ExactForm[];
  /** The network at a point, its codes by the exact argmax, ties to the lowest index. */
  at(point: ExactPoint): ExactRun;
}

/**
 * Throws "soft" for a network whose output depends on a soft quantizer, and "non-finite" where a parameter is not finite: of operators
 * when they are first needed.
 */
export function exactNetwork(network: Network, slice: Slice): ExactNetwork {
  checkSlice(network, slice);
  checkHard(network);
  const whole = wholeNetwork(network, slice);
  const tree = codeTree(whole);

  /** Runs with the quantizers before a node frozen. */
  const frozen = <T>(choices: Choices, before: number, ask: (evaluation: Evaluation) => T): T => {
    const evaluation = evaluate(whole, {
      one: [0n, 0n, 1n],
      input: whole.input,
      choice: (node, unit) => checkedPiece(whole, node, unit, choices[node]?.[unit]),
      known: tree.known(choices, before),
    });
    const answer = ask(evaluation);
    tree.added(evaluation.added());
    return answer;
  };

  return {
    selectorForm(choices, index, unit, piece, other) {
      const node = quantizerNode(whole, index);
      for (const r of [piece, other]) checkedPiece(whole, index, unit, r);
      return frozen(choices, index, ({ selector }) => formOf(difference(selector(node, unit, piece), selector(node, unit, other))));
    },
    outputForms(choices) {
      const before = network.output - network.inputs.length + 1;
      const count = sizeOf(outputShape(network));
      return frozen(choices, before, ({ value }) => Array.from({ length: count }, (_, k) => formOf(value(network.output, k))));
    },
    at: (point) => exactRun(whole, point),
  };
}

function checkHard({ inputs, nodes, output }: Network): void {
  const needed = new Set([output]);
  for (let index = nodes.length - 1; index >= 0; index--) {
    if (!needed.has(inputs.length + index)) continue;
    const { id, op, from } = nodes[index]!;
    if (op.type === "quantizer" && !isHard(op.beta))
      throw new MasoError("soft", `exact: ${id} is soft and has no regions; harden the network (beta 1) first`);
    for (const source of from) needed.add(source);
  }
}

function checkedPiece(whole: WholeNetwork, index: number, unit: number, piece: number | undefined): number {
  const { units } = quantizerNode(whole, index);
  const inRange = piece !== undefined && unit < units.count && piece < units.pieces;
  if (inRange && pieceExists(units, unit, piece)) return piece;
  throw new MasoError("params", `exact: unit ${unit} of node ${whole.network.nodes[index]!.id} has no piece ${piece}`);
}

const difference = (a: Value, b: Value): Value => a.map((number, c) => number - b[c]!);

const formOf = ([a, b, c]: Value): ExactForm => ({ a: a!, b: b!, c: c! });
