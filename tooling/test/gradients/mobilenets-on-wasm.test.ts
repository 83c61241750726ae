import "@tensorflow/tfjs-backend-cpu";
import "@tensorflow/tfjs-backend-wasm";
import { registerMissingKernels } from "@maso/backends/missing-kernels";
import { random } from "@maso/core";
import { loadGraphModel } from "@tensorflow/tfjs-converter";
import * as tf from "@tensorflow/tfjs-core";
import { loadLayersModel } from "@tensorflow/tfjs-layers";
import { beforeAll, expect, it } from "vitest";
import { smallMobilenet } from "./small-mobilenet";

const EXTENT = 32;
const BACKENDS = ["wasm", "cpu"] as const;
type Gradients = Readonly<Record<string, Float32Array>>;

/**
 * What float32 leaves uncertain: a layer's sums of n products err by about √n·2⁻²⁴ of their length, forward and backward, and the layers'
 * errors add up. MobileNetV2 has 53 layers whose sums have at most 1280 products (and as many positions in all). A wrong kernel shows at 1e-2 and above.
 */
const TOLERANCE = 2 * 53 * Math.sqrt(1280) * 2 ** -24;

beforeAll(async () => {
  await tf.setBackend("wasm");
  registerMissingKernels(tf);
});

it("gradients of the layers-model, in its input and in all weights that it trains, are those of the cpu backend", async () => {
  const artifacts = smallMobilenet("nsfwjs-mobilenet-v2", EXTENT);
  const model = await loadLayersModel({ load: async () => artifacts });
  const x = tf.variable(image(), true, "x");
  const weights = model.trainableWeights.map((weight) => weight.read() as tf.Variable);
  const gradients = await onBoth(() => tf.variableGrads(() => loss(model.apply(x) as tf.Tensor), [x, ...weights]).grads);
  expect(Object.keys(gradients.wasm)).toHaveLength(1 + weights.length);
  expectEqual(gradients);
  tf.dispose([x]);
  model.dispose();
});

it("gradients of the graph-model in its input are those of the cpu backend", async () => {
  const artifacts = smallMobilenet("nsfwjs-mobilenet-v2-mid", EXTENT);
  const model = await loadGraphModel({ load: async () => artifacts });
  const x = image();
  expectEqual(await onBoth(() => ({ x: tf.grad((x) => loss(model.predict(x) as tf.Tensor))(x) })));
  x.dispose();
  model.dispose();
});

/** Seeded noise: a smooth picture has many equal pixels, whose units lie on one facet together. */
function image(): tf.Tensor {
  const { uniform } = random(91);
  return tf.tensor(Float32Array.from({ length: EXTENT * EXTENT * 3 }, uniform), [1, EXTENT, EXTENT, 3]);
}

/** The cross-entropy of the second class. */
function loss(probabilities: tf.Tensor): tf.Scalar {
  return tf.neg(tf.sum(tf.log(tf.slice(probabilities, [0, 1], [1, 1])))) as tf.Scalar;
}

async function onBoth(gradients: () => tf.NamedTensorMap): Promise<Readonly<Record<(typeof BACKENDS)[number], Gradients>>> {
  const results = { wasm: {}, cpu: {} } as Record<(typeof BACKENDS)[number], Record<string, Float32Array>>;
  for (const backend of BACKENDS) {
    await tf.setBackend(backend);
    tf.tidy(() => {
      for (const [name, tensor] of Object.entries(gradients())) results[backend][name] = tensor.dataSync() as Float32Array;
    });
  }
  return results;
}

/** Up to the tolerance, relative to the length of each. */
function expectEqual({ wasm, cpu }: Readonly<Record<(typeof BACKENDS)[number], Gradients>>): void {
  expect(Object.keys(wasm)).toEqual(Object.keys(cpu));
  for (const [name, values] of Object.entries(cpu)) {
    const size = length(values);
    expect(size, name).toBeGreaterThan(0);
    const difference = length(values.map((value, i) => value - wasm[name]![i]!));
    expect(difference / size, name).toBeLessThanOrEqual(TOLERANCE);
  }
}

function length(values: Float32Array): number {
  return Math.sqrt(values.reduce((sum, value) => sum + value * value, 0));
}
