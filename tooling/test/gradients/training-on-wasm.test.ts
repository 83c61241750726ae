import "@tensorflow/tfjs-backend-cpu";
import "@tensorflow/tfjs-backend-wasm";
import { registerMissingKernels } from "@maso/backends/missing-kernels";
import * as tf from "@tensorflow/tfjs-core";
import * as tfl from "@tensorflow/tfjs-layers";
import { expect, it } from "vitest";
import { type Digits, readDigits } from "../../digits/read-digits";

const EXTENT = 14;
const TRAINED = 400;
const HELD_OUT = 500;
const EPOCHS = 4;
const BATCH = 20;

it("a small convolutional network trains on wasm to the accuracy that it reaches on cpu", async () => {
  await tf.setBackend("wasm");
  registerMissingKernels(tf);
  const wasm = await trained("wasm");
  const cpu = await trained("cpu");
  // The same numbers but for rounding: as far apart as two samples of so many digits would be by chance, at most.
  const chance = Math.sqrt((2 * cpu * (1 - cpu)) / HELD_OUT);
  expect(cpu).toBeGreaterThan(0.7);
  expect(Math.abs(wasm - cpu)).toBeLessThanOrEqual(chance);
});

/** The accuracy on digits that it was not trained on: the same start and the same batches on every backend. */
async function trained(backend: "wasm" | "cpu"): Promise<number> {
  await tf.setBackend(backend);
  const { training, heldOut } = readDigits();
  const model = network();
  model.compile({ optimizer: tf.train.adam(0.02), loss: "categoricalCrossentropy", metrics: ["accuracy"] });
  const [x, y] = tensors(training, TRAINED);
  await model.fit(x, y, { epochs: EPOCHS, batchSize: BATCH, shuffle: false, verbose: 0 });
  const [testX, testY] = tensors(heldOut, HELD_OUT);
  const [, accuracy] = model.evaluate(testX, testY) as [tf.Scalar, tf.Scalar];
  const result = accuracy.dataSync()[0]!;
  tf.disposeVariables();
  tf.dispose([x, y, testX, testY, accuracy]);
  return result;
}

/** With every gradient that tfjs lacks on wasm. */
function network(): tfl.Sequential {
  let seed = 1;
  const initializer = () => tfl.initializers.heNormal({ seed: seed++ });
  const model = tfl.sequential();
  const input = { inputShape: [EXTENT, EXTENT, 1] };
  const same = { kernelSize: 3, padding: "same", activation: "relu" } as const;
  model.add(tfl.layers.conv2d({ ...input, ...same, filters: 4, strides: 2, kernelInitializer: initializer() }));
  model.add(tfl.layers.depthwiseConv2d({ ...same, depthMultiplier: 2, depthwiseInitializer: initializer() }));
  model.add(tfl.layers.conv2d({ filters: 8, kernelSize: 1, activation: "relu", kernelInitializer: initializer() }));
  model.add(tfl.layers.maxPooling2d({ poolSize: 2 }));
  model.add(tfl.layers.flatten());
  model.add(tfl.layers.dense({ units: 10, activation: "softmax", kernelInitializer: initializer() }));
  return model;
}

/** The first so many of every class in turn, of half the width and height. */
function tensors({ images, labels }: Digits, count: number): [tf.Tensor4D, tf.Tensor2D] {
  const classes = Array.from({ length: 10 }, (_, label) => images.filter((_, i) => labels[i] === label));
  const values = Float32Array.from({ length: count * EXTENT * EXTENT }, (_, i) => {
    const [n, y, x] = [Math.floor(i / EXTENT ** 2), Math.floor(i / EXTENT) % EXTENT, i % EXTENT];
    const image = classes[n % 10]![Math.floor(n / 10)]!;
    const at = 2 * (y * 2 * EXTENT + x);
    return (image[at]! + image[at + 1]! + image[at + 2 * EXTENT]! + image[at + 2 * EXTENT + 1]!) / 4;
  });
  const targets = Float32Array.from({ length: count * 10 }, (_, i) => (Math.floor(i / 10) % 10 === i % 10 ? 1 : 0));
  return [tf.tensor4d(values, [count, EXTENT, EXTENT, 1]), tf.tensor2d(targets, [count, 10])];
}
