import { plainCompute } from "./compute";
import { type Head, type Network, outputShape } from "./network";
import { type Rows, type Shape, sizeOf } from "./shape";

/** The model's own outputs from the network's logits, [rows, outputs]: what was cut off is put back. */
export function applyHead(network: Network, logits: Rows): Rows {
  const { head } = network;
  if (head === undefined) return logits;
  const width = sizeOf(outputShape(network));
  const result = logits.slice();
  for (const { offset, shape, head } of outputParts(network))
    for (let start = offset; start < result.length; start += width)
      applyTo(head, result.subarray(start, start + sizeOf(shape)), shape.at(-1) ?? 1);
  return result;
}

/** One output of the model that a network was read from. */
export interface OutputPart {
  /** The id of the node that gives it. */
  readonly name: string;
  /** Where its values begin in the network's output. */
  readonly offset: number;
  readonly shape: Shape;
  readonly head: Head | null;
}

/**
 * The outputs of the model that the network was read from: one, or several that lie flattened, end to end. Of those the shapes are what they
 * were before they were flattened: a softmax runs along the last axis.
 */
export function outputParts(network: Network): OutputPart[] {
  const { head, output, inputs, nodes } = network;
  if (!Array.isArray(head))
    return [{ name: nameOf(network, output), offset: 0, shape: outputShape(network), head: (head as Head | undefined) ?? null }];
  const { op, from } = nodes[output - inputs.length]!;
  let offset = 0;
  return (head as readonly (Head | null)[]).map((each, i) => {
    const part = { name: nameOf(network, from[i]!), offset, shape: unflattened(network, from[i]!, op.inputs[i]!), head: each };
    offset += sizeOf(part.shape);
    return part;
  });
}

const nameOf = ({ inputNames, nodes }: Network, source: number): string =>
  inputNames[source] ?? nodes[source - inputNames.length]?.id ?? "";

/** The shape of what a source gives, or of what it reads where it only flattens that: an operator that hands on its argument as it is. */
function unflattened({ inputs, nodes }: Network, source: number, shape: Shape): Shape {
  const op = nodes[source - inputs.length]?.op;
  if (shape.length !== 1 || op?.type !== "affine" || op.inputs.length !== 1 || sizeOf(op.inputs[0]!) !== shape[0]) return shape;
  const probe = new Float64Array(shape[0]!);
  const isIdentity = op.linear([probe], plainCompute) === probe && op.bias.every((value) => value === 0);
  return isIdentity ? op.inputs[0]! : shape;
}

function applyTo(head: Head | null, values: Float64Array, classes: number): void {
  if (head === "softmax") for (let start = 0; start < values.length; start += classes) softmax(values.subarray(start, start + classes));
  else if (head !== null)
    values.forEach((value, i) => {
      values[i] = head === "tanh" ? Math.tanh(value) : 1 / (1 + Math.exp(-value));
    });
}

function softmax(values: Float64Array): void {
  const max = values.reduce((a, b) => Math.max(a, b), -Infinity);
  let total = 0;
  values.forEach((value, i) => {
    values[i] = Math.exp(value - max);
    total += values[i]!;
  });
  for (let i = 0; i < values.length; i++) values[i]! /= total;
}
