import "@tensorflow/tfjs-backend-cpu";
import "@tensorflow/tfjs-backend-wasm";
import { registerMissingKernels } from "@maso/backends/missing-kernels";
import { random, sizeOf } from "@maso/core";
import * as tf from "@tensorflow/tfjs-core";
import { seconds } from "./compare-computes";

/** Limits: the gradient kernels for wasm are 5 times as fast as those of tfjs's cpu backend on every shape; the aim is 10 times. */
const FLOOR = 5;
const AIM = 10;
const { normal } = random(1);

interface Layer {
  readonly name: string;
  readonly x: readonly [batch: number, height: number, width: number, channels: number];
  readonly filter: readonly [height: number, width: number, channels: number, outputs: number];
  readonly stride?: number;
}

const dense: readonly Layer[] = [
  { name: "digits, first layer", x: [16, 28, 28, 1], filter: [3, 3, 1, 8] },
  { name: "digits, second layer", x: [16, 13, 13, 8], filter: [3, 3, 8, 16] },
  { name: "3 × 3 on a picture, stride 2", x: [1, 112, 112, 3], filter: [3, 3, 3, 32], stride: 2 },
  { name: "3 × 3", x: [1, 28, 28, 64], filter: [3, 3, 64, 64] },
  { name: "1 × 1", x: [1, 28, 28, 96], filter: [1, 1, 96, 24] },
  { name: "1 × 1, many channels", x: [1, 7, 7, 320], filter: [1, 1, 320, 640] },
];
const depthwise: readonly Layer[] = [
  { name: "3 × 3", x: [1, 56, 56, 96], filter: [3, 3, 96, 1] },
  { name: "3 × 3, stride 2", x: [1, 56, 56, 96], filter: [3, 3, 96, 1], stride: 2 },
  { name: "3 × 3, many channels", x: [1, 7, 7, 960], filter: [3, 3, 960, 1] },
  { name: "5 × 5", x: [4, 14, 14, 64], filter: [5, 5, 64, 1] },
  { name: "3 × 3, multiplier 2", x: [4, 28, 28, 16], filter: [3, 3, 16, 2] },
];

await tf.setBackend("wasm");
registerMissingKernels(tf);
for (const layer of dense) await report("Conv2DBackpropFilter", layer);
for (const layer of depthwise) await report("DepthwiseConv2dNativeBackpropFilter", layer);
for (const layer of depthwise) await report("DepthwiseConv2dNativeBackpropInput", layer);

/** One kernel on both backends in turn, the best of each, so that a machine that drifts or has other work favours neither side. */
async function report(kernel: string, { name, x, filter, stride = 1 }: Layer): Promise<void> {
  const isDepthwise = kernel.startsWith("Depthwise");
  const attributes = { strides: stride, pad: "same", dilations: 1, dataFormat: "NHWC", filterShape: filter, inputShape: x };
  const info = tf.backend_util.computeConv2DInfo([...x], [...filter], stride, 1, "same", undefined, isDepthwise);
  const products = sizeOf(info.outShape.slice(0, 3)) * filter[0] * filter[1] * filter[3] * (isDepthwise ? x[3] : filter[2]);
  const shapes = kernel.endsWith("Input") ? { dy: info.outShape, filter } : { x, dy: info.outShape };
  const values = Object.entries(shapes).map(([key, shape]) => [key, Float32Array.from({ length: sizeOf(shape) }, normal), shape] as const);
  const best: Record<string, number> = {};
  for (let run = 0; run < 6; run++)
    for (const backend of ["cpu", "wasm"]) {
      await tf.setBackend(backend);
      const inputs = Object.fromEntries(values.map(([key, data, shape]) => [key, tf.tensor(data, [...shape])]));
      const work = (): void => tf.dispose(tf.engine().runKernel(kernel, inputs, attributes));
      const repeats = backend === "cpu" ? 1 : 1 + Math.floor(5e7 / products);
      if (run > 0) best[backend] = Math.min(best[backend] ?? Number.POSITIVE_INFINITY, seconds(repeats, work));
      else work();
      tf.dispose(inputs);
    }
  const { cpu, wasm } = best as { cpu: number; wasm: number };
  const ratio = cpu / wasm;
  const verdict = ratio >= AIM ? "" : ratio >= FLOOR ? ", short of the aim" : ", BELOW THE FLOOR";
  console.log(
    `${kernel}, ${name}: cpu ${(cpu * 1e3).toFixed(2)} ms, wasm ${(wasm * 1e3).toFixed(3)} ms (${((2 * products) / wasm / 1e9).toFixed(1)} GFLOP/s), ` +
      `ratio ${ratio.toFixed(1)}${verdict} (floor ${FLOOR}, aim ${AIM})`,
  );
}
