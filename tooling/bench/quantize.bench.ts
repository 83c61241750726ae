import { elementwise, type QuantizerBody, quantizer, random, unitsOf } from "@maso/core";
import { compareComputes } from "./compare-computes";

/** Limit: wasm is at least twice as fast from some thousand values on. An operation here is a value that is read. */
const { normal } = random(1);
report("relu, 100,000 units", elementwise([100_000], { slopes: [0, 1] }), 1);
report("relu, 256 units, 1000 rows", elementwise([256], { slopes: [0, 1] }), 1000);
report("PReLU per channel, 64x64x32", elementwise([64, 64, 32], { rows: 32, slopes: Array.from({ length: 64 }, normal) }), 1);
report(
  "clip, 100,000 units",
  elementwise([100_000], { slopes: [0, 1, 0], offsets: [-1, 0, 2], selectors: { slopes: [0, 1, 2], offsets: [0, 1, -1] } }),
  1,
);
report("max-pool 2x2, 64x64x32", maxPool(64, 32), 1);
report("max-pool 2x2, 28x28x8, 20 rows", maxPool(28, 8), 20);

function maxPool(extent: number, channels: number): QuantizerBody {
  const zero = [0, 0] as const;
  return quantizer({
    inputs: [[extent, extent, channels]],
    output: [extent / 2, extent / 2, channels],
    reads: { type: "window", size: [2, 2], strides: [2, 2], dilations: [1, 1], padding: [zero, zero] },
    pieces: "values",
  });
}

function report(name: string, body: QuantizerBody, rows: number): void {
  const units = unitsOf(body);
  const v = Float64Array.from({ length: rows * units.inputSize }, normal);
  compareComputes(name, v.length, ({ quantizeHard }) => quantizeHard(units, v));
}
