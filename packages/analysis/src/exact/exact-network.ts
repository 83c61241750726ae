import { isHard, MasoError, type Network, pieceExists, sizeOf, sourceShape } from "@maso/core";
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
  /** The network's outputs with all quantizers frozen. Yields where it may pause. */
  outputForms(choices: Choices): Generator<null, readonly ExactForm[]>;
  /** The network at a point, its codes by the exact argmax, ties to the lowest index. */
  at(point: ExactPoint): ExactRun;
}

/**
 * Throws "soft" for a network whose output depends on a soft quantizer, and "non-finite" where a parameter is not finite: of operators
 * when they are first needed.
 */
export function exactNetwork(network: Network, slice: Slice): ExactNetwork {
  checkSlice(network, slice);
  const needed = neededSources(network);
  checkHard(network, needed);
  const whole = wholeNetwork(network, slice);
  const tree = codeTree(whole);

  /** Evaluates with the quantizers before a node frozen. */
  const frozen = (choices: Choices, before: number): Evaluation =>
    evaluate(whole, {
      one: [0n, 0n, 1n],
      input: whole.input,
      choice: (node, unit) => checkedPiece(whole, node, unit, choices[node]?.[unit]),
      known: tree.known(choices, before),
    });

  return {
    selectorForm(choices, index, unit, piece, other) {
      const node = quantizerNode(whole, index);
      for (const r of [piece, other]) checkedPiece(whole, index, unit, r);
      const evaluation = frozen(choices, index);
      const form = formOf(difference(evaluation.selector(node, unit, piece), evaluation.selector(node, unit, other)));
      tree.added(evaluation.added());
      return form;
    },
    *outputForms(choices) {
      const evaluation = frozen(choices, network.output - network.inputs.length + 1);
      const forms: ExactForm[] = [];
      // A unit at a time: an output asks for all that it depends on at once.
      for (const source of needed) {
        const op = network.nodes[source - network.inputs.length]?.op;
        if (source !== network.output && op?.type !== "quantizer") continue;
        for (let k = 0, count = sizeOf(sourceShape(network, source)); k < count; k++) {
          yield null;
          const form = evaluation.value(source, k);
          if (source === network.output) forms.push(formOf(form));
        }
      }
      tree.added(evaluation.added());
      return forms;
    },
    at: (point) => exactRun(whole, point),
  };
}

/** The sources that the output depends on, ascending, and the output. */
function neededSources({ inputs, nodes, output }: Network): readonly number[] {
  const needed = new Set([output]);
  for (let index = nodes.length - 1; index >= 0; index--)
    if (needed.has(inputs.length + index)) for (const source of nodes[index]!.from) needed.add(source);
  return [...needed].sort((a, b) => a - b);
}

function checkHard({ inputs, nodes }: Network, needed: readonly number[]): void {
  for (const source of needed) {
    const node = nodes[source - inputs.length];
    if (node?.op.type === "quantizer" && !isHard(node.op.beta))
      throw new MasoError("soft", `exact: ${node.id} is soft and has no regions; harden the network (beta 1) first`);
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
