import { outputShape, pieceExists, sizeOf, totalSize } from "@maso/core";
import { evaluate, nothingKnown } from "./evaluate";
import { signOf } from "./exact-form";
import type { ExactPoint } from "./exact-point";
import { nearestFloat } from "./nearest-float";
import { quantizerNode } from "./quantizer-node";
import type { WholeNetwork, WholeQuantizer } from "./whole-network";

/** The network at one point. Runs lazily: what is asked for, with what it depends on, and each value once. */
export interface ExactRun {
  readonly point: ExactPoint;
  /** The sign of selector piece − selector other of a unit; the selector of a piece that does not exist is −∞. */
  sign(node: number, unit: number, piece: number, other: number): -1 | 0 | 1;
  /** The float64 numbers nearest to all inputs of a quantizer node, laid end to end. */
  inputs(node: number): Float64Array;
  /** The float64 numbers nearest to the network's outputs. */
  outputs(): Float64Array;
}

/** With v the value at the point (x/w, y/w), the whole number behind it is v · w · 2^-exponent. */
export function exactRun(whole: WholeNetwork, point: ExactPoint): ExactRun {
  const { network } = whole;
  const { x, y, w } = point;
  const evaluation = evaluate(whole, {
    one: [w],
    input: (source, index) => {
      const [a, b, c] = whole.input(source, index);
      return [a * x + b * y + c * w];
    },
    choice: (node, unit) => argmax(whole.node(node) as WholeQuantizer, unit),
    known: nothingKnown(whole),
  });

  const selector = (node: WholeQuantizer, unit: number, piece: number): bigint => evaluation.selector(node, unit, piece)[0]!;

  /** Ties to the lowest index. */
  const argmax = (node: WholeQuantizer, unit: number): number => {
    let best = -1;
    let largest = 0n;
    for (let r = 0; r < node.units.pieces; r++) {
      if (!pieceExists(node.units, unit, r)) continue;
      const value = selector(node, unit, r);
      if (best >= 0 && value <= largest) continue;
      best = r;
      largest = value;
    }
    return best;
  };

  const floats = (source: number, count: number): Float64Array => {
    const exponent = whole.exponent(source);
    return Float64Array.from({ length: count }, (_, index) => nearestFloat(evaluation.value(source, index)[0]!, w, exponent));
  };

  return {
    point,
    sign(index, unit, piece, other) {
      const node = quantizerNode(whole, index);
      const exists = [piece, other].map((r) => pieceExists(node.units, unit, r));
      if (!exists[0] || !exists[1]) return exists[0] ? 1 : exists[1] ? -1 : 0;
      return signOf(selector(node, unit, piece) - selector(node, unit, other));
    },
    inputs(index) {
      const { op, from } = network.nodes[index]!;
      quantizerNode(whole, index);
      const joined = new Float64Array(totalSize(op.inputs));
      let start = 0;
      from.forEach((source, i) => {
        joined.set(floats(source, sizeOf(op.inputs[i]!)), start);
        start += sizeOf(op.inputs[i]!);
      });
      return joined;
    },
    outputs: () => floats(network.output, sizeOf(outputShape(network))),
  };
}
