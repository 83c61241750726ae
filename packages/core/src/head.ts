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

/** The outputs of the model that the network was read from: one, or several that lie flattened, end to end. */
export function outputParts(network: Network): { readonly offset: number; readonly shape: Shape; readonly head: Head | null }[] {
  const { head, output, inputs, nodes } = network;
  if (!Array.isArray(head)) return [{ offset: 0, shape: outputShape(network), head: (head as Head | undefined) ?? null }];
  const shapes = nodes[output - inputs.length]!.op.inputs;
  let offset = 0;
  return (head as readonly (Head | null)[]).map((each, i) => {
    const part = { offset, shape: shapes[i]!, head: each };
    offset += sizeOf(shapes[i]!);
    return part;
  });
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
