import { inputSize, type Network, outputShape } from "./network";
import { quantize } from "./quantize";
import { applyAffine, type ComputeOptions, computeOf, inBlocks, joinRows, run, splitInput } from "./run";
import { type Rows, rowsOf, sizeOf } from "./shape";

/** f(x): x is [rows, inputs], the result [rows, outputs]; the head, if any, is not applied. */
export function forward(network: Network, x: Rows, options?: ComputeOptions): Rows {
  const size = inputSize(network);
  const rows = rowsOf("forward", x, size);
  const compute = computeOf(options);
  return inBlocks(network, rows, sizeOf(outputShape(network)), (from, to) =>
    run(network, network.output, splitInput("forward", network, x.subarray(from * size, to * size)), ({ op }, sources) =>
      op.type === "affine" ? applyAffine(op, sources, compute) : quantize(op, joinRows(sources, op.inputs), { compute }).values,
    ),
  );
}
