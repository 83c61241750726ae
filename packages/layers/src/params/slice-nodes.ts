import { formatShape, MasoError, type Shape } from "@maso/core";
import { type Chain, type Outputs, outputs, type Step, shaped } from "../define-plugin";
import type { TfjsNode, TfjsValue } from "../tfjs-node";
import { asTheyLie, axisOf, inputAt, onAxes } from "./on-axes";
import { wholesAt } from "./tfjs-operands";

/** What a slice takes of an axis: `count` places from `from` on. */
export interface Cut {
  readonly from: number;
  readonly count: number;
  readonly stride: number;
}

/** The slice of a value that takes this of each of its axes, the batch included, in the shape that its node gives it. Throws "shape". */
export function cutChain(value: TfjsValue, cuts: readonly Cut[], whole: Shape = cuts.map(({ count }) => count)): Chain {
  const wrong = cuts.findIndex(({ from, count, stride }, axis) => {
    const last = from + (count - 1) * stride;
    return !(Number.isInteger(count) && count > 0 && Math.min(from, last) >= 0 && Math.max(from, last) < value.shape[axis]!);
  });
  if (wrong >= 0)
    throw new MasoError(
      "shape",
      `it takes ${cuts[wrong]!.count} values from ${cuts[wrong]!.from} on of axis ${wrong} of ${formatShape(value.shape)}`,
    );
  const axes = cuts.map((cut, axis) => ({ ...cut, extent: value.shape[axis]! }));
  return shaped(
    whole,
    ...onAxes(
      value,
      axes,
      ({ from, count, stride, extent }) => from === 0 && count === extent && (stride === 1 || extent === 1),
      sliceStep,
    ),
  );
}

/** Input (values, begin, size); a size of −1 is the rest. */
export function sliceNode(node: TfjsNode): Chain {
  const value = inputAt(node, 0, "values");
  const begin = asTheyLie(node, wholesAt(node, 1, "begin"), "begin");
  const size = asTheyLie(node, wholesAt(node, 2, "size"), "size");
  return cutChain(
    value,
    value.shape.map((extent, axis) => cut(begin[axis]!, size[axis] === -1 ? extent - begin[axis]! : size[axis]!)),
  );
}

/** Input (axis, values): num_split equal pieces. */
export function splitNode(node: TfjsNode): Outputs {
  const value = inputAt(node, 1, "values");
  const axis = axisOf(wholesAt(node, 0, "axis")[0] ?? 0, value.shape.length);
  const pieces = node.attributes.number("num_split", 1);
  if (!Number.isInteger(pieces) || pieces < 1 || value.shape[axis]! % pieces !== 0)
    throw new MasoError("format", `its num_split is ${pieces}; expected a divisor of the ${value.shape[axis]} values of axis ${axis}`);
  return pieceChains(value, axis, new Array<number>(pieces).fill(value.shape[axis]! / pieces));
}

/** Input (values, sizes, axis); one size may be −1: the rest. */
export function splitVNode(node: TfjsNode): Outputs {
  const value = inputAt(node, 0, "values");
  const axis = node.axis(wholesAt(node, 2, "axis")[0] ?? 0);
  const sizes = wholesAt(node, 1, "sizes");
  const extent = value.shape[axis]!;
  const rest = extent - sizes.reduce((sum, size) => sum + (size === -1 ? 0 : size), 0);
  const open = sizes.filter((size) => size === -1).length;
  if (open > 1 || (open === 0 && rest !== 0) || rest < 0)
    throw new MasoError("format", `its sizes ${formatShape(sizes)} do not add up to the ${extent} values of axis ${axis}`);
  return pieceChains(
    value,
    axis,
    sizes.map((size) => (size === -1 ? rest : size)),
  );
}

/** One result for each place along an axis, which goes. */
export function unpackNode(node: TfjsNode): Outputs {
  const value = inputAt(node, 0, "values");
  const axis = axisOf(node.attributes.number("axis", 0), value.shape.length);
  const whole = value.shape.filter((_, a) => a !== axis);
  return pieceChains(value, axis, new Array<number>(value.shape[axis]!).fill(1), whole);
}

function pieceChains(value: TfjsValue, axis: number, sizes: readonly number[], whole?: Shape): Outputs {
  const starts = sizes.map((_, i) => sizes.slice(0, i).reduce((a, b) => a + b, 0));
  return outputs(
    ...sizes.map((size, i) =>
      cutChain(
        value,
        value.shape.map((extent, a) => (a === axis ? cut(starts[i]!, size) : cut(0, extent))),
        whole,
      ),
    ),
  );
}

const cut = (from: number, count: number): Cut => ({ from, count, stride: 1 });

function sliceStep(cuts: readonly Cut[]): Step {
  const ends = cuts.map(({ from, count, stride }) => from + count * stride);
  return {
    kind: "slice",
    params: {
      begin: cuts.map(({ from }) => from),
      end: ends.map((end) => (end < 0 ? null : end)),
      strides: cuts.map(({ stride }) => stride),
    },
  };
}
