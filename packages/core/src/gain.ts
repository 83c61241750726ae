import { roundedUp, type Upper, upper } from "./bounds";
import { isContinuous } from "./is-continuous";
import type { Network } from "./network";
import type { AffineOperator, Norm, Operator } from "./operator";
import { quantizerGain } from "./quantizer-gain";
import { run } from "./run";
import { sizeOf, totalSize } from "./shape";

/**
 * A certified bound on ‖f(x) − f(y)‖ / ‖x − y‖ of an operator or a whole network, infinite where a unit jumps.
 * Of a network: the product of its operators' gains along the graph; branches that meet are bounded as if independent.
 */
export function gain(subject: Network | Operator, norm: Norm = 2): Upper {
  if ("nodes" in subject) return networkGain(subject, norm);
  if (subject.type === "affine") return subject.gain?.(norm) ?? entriesGain(subject, norm);
  return isContinuous(subject) ? quantizerGain(subject, norm) : upper(Infinity);
}

function networkGain(network: Network, norm: Norm): Upper {
  const inputs = network.inputs.map(() => upper(1));
  return run(network, network.output, inputs, ({ op }, sources) => {
    const own = gain(op, norm).value;
    const joint = jointGain(sources, norm);
    return own === 0 || joint === 0 ? upper(0) : roundedUp(own * joint, 2 + sources.length);
  });
}

/** The gain of several maps of the same point, laid end to end. */
function jointGain(parts: readonly Upper[], norm: Norm): number {
  const values = parts.map(({ value }) => value);
  if (norm === "inf") return Math.max(...values);
  return norm === 1 ? values.reduce((total, value) => total + value, 0) : Math.hypot(...values);
}

/** ‖A‖₁ and ‖A‖_∞ exactly up to rounding; ‖A‖₂ ≤ min(√(‖A‖₁‖A‖_∞), ‖A‖_F). */
function entriesGain(op: AffineOperator, norm: Norm): Upper {
  let largestRow = 0;
  let squares = 0;
  const columns = new Float64Array(totalSize(op.inputs));
  for (let k = 0; k < sizeOf(op.output); k++) {
    const { indices, values } = op.row(k);
    let sum = 0;
    values.forEach((value, i) => {
      sum += Math.abs(value);
      squares += value * value;
      columns[indices[i]!]! += Math.abs(value);
    });
    largestRow = Math.max(largestRow, sum);
  }
  const largestColumn = columns.reduce((a, b) => Math.max(a, b), 0);
  const roundings = columns.length + sizeOf(op.output) + 4;
  if (norm === "inf") return roundedUp(largestRow, roundings);
  if (norm === 1) return roundedUp(largestColumn, roundings);
  return roundedUp(Math.min(Math.sqrt(largestRow * largestColumn), Math.sqrt(squares)), roundings * 2);
}
