import { random } from "@maso/core";
import * as tf from "@tensorflow/tfjs-core";
import { input, layers, model, type SymbolicTensor } from "@tensorflow/tfjs-layers";
import { beforeAll, expect, it } from "vitest";
import { registerMissingKernels } from "../../src/missing-kernels";
import { magnitudes, normals, sumTolerance } from "./run-kernel";

const SHAPE = [8, 8, 4];
/** No sum on the way has as many products: 2 images of 64 positions, and 9 taps. */
const TOLERANCE = sumTolerance(2 * 64 * 9);

beforeAll(async () => {
  await tf.setBackend("wasm");
  registerMissingKernels(tf);
});

type Build = (x: SymbolicTensor) => unknown;
const windows = (["same", "valid"] as const).flatMap((padding) => [1, 2].map((strides) => ({ padding, strides }) as const));
const convolution = { filters: 3, kernelSize: 3 };
/** What convolutional networks are made of: whatever kernel their gradients need, wasm has it now. */
const built: Readonly<Record<string, Build>> = {
  ...Object.fromEntries(
    windows.flatMap((window) => {
      const name = `${window.padding}, stride ${window.strides}`;
      const { padding, strides } = window;
      return Object.entries<Build>({
        [`conv2d ${name}`]: (x) => layers.conv2d({ ...convolution, padding, strides, activation: "relu" }).apply(x),
        [`depthwiseConv2d ${name}`]: (x) => layers.depthwiseConv2d({ kernelSize: 3, padding, strides, depthMultiplier: 2 }).apply(x),
        [`separableConv2d ${name}`]: (x) => layers.separableConv2d({ ...convolution, padding, strides }).apply(x),
        [`conv2dTranspose ${name}`]: (x) => layers.conv2dTranspose({ ...convolution, padding, strides }).apply(x),
        [`maxPooling2d ${name}`]: (x) => layers.maxPooling2d({ poolSize: 3, padding, strides }).apply(x),
        [`averagePooling2d ${name}`]: (x) => layers.averagePooling2d({ poolSize: 3, padding, strides }).apply(x),
      });
    }),
  ),
  ...Object.fromEntries(
    (["relu", "relu6", "elu", "selu", "sigmoid", "hardSigmoid", "softmax", "softplus", "softsign", "tanh", "swish"] as const).map(
      (activation): [string, Build] => [activation, (x) => layers.activation({ activation: activation as "relu" }).apply(x)],
    ),
  ),
  leakyReLU: (x) => layers.leakyReLU().apply(x),
  prelu: (x) => layers.prelu().apply(x),
  batchNormalization: (x) => layers.batchNormalization().apply(x),
  layerNormalization: (x) => layers.layerNormalization().apply(x),
  globalAveragePooling2d: (x) => layers.globalAveragePooling2d({}).apply(x),
  globalMaxPooling2d: (x) => layers.globalMaxPooling2d({}).apply(x),
  "upSampling2d nearest": (x) => layers.upSampling2d({ size: [2, 2] }).apply(x),
  "upSampling2d bilinear": (x) => layers.upSampling2d({ size: [2, 2], interpolation: "bilinear" }).apply(x),
  zeroPadding2d: (x) => layers.zeroPadding2d().apply(x),
  cropping2D: (x) => layers.cropping2D({ cropping: 1 as never }).apply(x),
  "flatten, dense": (x) => layers.dense({ units: 3 }).apply(layers.flatten().apply(x) as SymbolicTensor),
  "add, multiply, maximum, concatenate": (x) => {
    const y = layers.activation({ activation: "tanh" }).apply(x) as SymbolicTensor;
    const parts = [layers.add(), layers.multiply(), layers.maximum()].map((layer) => layer.apply([x, y]) as SymbolicTensor);
    return layers.concatenate().apply(parts);
  },
};

it.each(Object.keys(built))("the gradients of %s on wasm are those on cpu", async (name) => {
  const inputs = input({ shape: SHAPE });
  const network = model({ inputs, outputs: built[name]!(inputs) as SymbolicTensor });
  // Mistakes of tfjs itself: on wasm a window of negative values gives its gradient to the first, not the largest; on cpu nearest resizing
  // takes that of the wrong image from the second one on.
  const batch = name === "upSampling2d nearest" ? 1 : 2;
  const x = tf.variable(positive(95, [batch, ...SHAPE]));
  network.setWeights(network.getWeights().map(({ shape }, i) => positive(i, shape)));
  const variables = [x, ...network.trainableWeights.map((weight) => weight.read() as tf.Variable)];
  for (const training of [false, true]) {
    const loss = (): tf.Scalar => {
      const y = network.apply(x, { training }) as tf.Tensor;
      return tf.sum(tf.mul(y, positive(96, y.shape))) as tf.Scalar;
    };
    const [wasm, cpu] = [await gradients("wasm", loss, variables), await gradients("cpu", loss, variables)];
    for (const [i, values] of cpu.entries()) {
      const largest = values.reduce((most, value) => Math.max(most, Math.abs(value)), 0);
      const difference = values.reduce((most, value, k) => Math.max(most, Math.abs(value - wasm[i]![k]!)), 0);
      expect(difference, `${variables[i]!.name}: ${largest}`).toBeLessThanOrEqual(TOLERANCE * largest);
    }
  }
});

function positive(seed: number, shape: readonly number[]): tf.Tensor {
  return tf.tensor(magnitudes(normals(random(seed), shape)).data, [...shape]);
}

async function gradients(backend: "wasm" | "cpu", loss: () => tf.Scalar, variables: tf.Variable[]): Promise<Float32Array[]> {
  await tf.setBackend(backend);
  const { grads, value } = tf.variableGrads(loss, variables);
  const result = variables.map(({ name }) => grads[name]!.dataSync() as Float32Array);
  tf.dispose([grads, value]);
  return result;
}
