import * as tf from "@tensorflow/tfjs-core";
import { describe, expect, it } from "vitest";
import { picture } from "../../../tooling/models/picture";
import { thirdPartyModel } from "../../../tooling/models/third-party-models";
import { disagreement } from "../src/graph-model";
import { evidenceOfDigits } from "../src/layers-model";

function pictures(count: number, shape: readonly [number, number, number]): tf.Tensor4D {
  const values = Array.from({ length: count }, (_, seed) => [...picture(shape, seed + 1)]).flat();
  return tf.tensor4d(values, [count, ...shape]);
}

/** How far a model read by `fromTfjs` may be from what TensorFlow.js computes itself, in float32: the check that every import ends with. */
const AS_IMPORTED = 1e-4;

/** float32 sums of so many terms of this size, on either side; see float32-rounding.ts in @maso/layers. */
const rounding = (terms: number, size: number): number => 2 * terms * 2 ** -24 * size;

describe("a LayersModel", () => {
  it("pixels and bias add up to the logit, whose softmax is what the model itself predicts", async () => {
    await tf.setBackend("wasm");
    const x = pictures(5, [28, 28, 1]);
    const { model, logit, evidence, bias } = await evidenceOfDigits(x);
    expect(evidence.shape).toEqual([5, 28, 28, 1]);
    const [sums, biases, logits, sizes, most] = await Promise.all([
      tf.sum(evidence, [1, 2, 3]).array() as Promise<number[]>,
      bias.array() as Promise<number[]>,
      logit.array() as Promise<number[]>,
      tf.sum(tf.abs(evidence), [1, 2, 3]).array() as Promise<number[]>,
      tf.max(model.predict(x) as tf.Tensor, 1).array() as Promise<number[]>,
    ]);
    sums.forEach((sum, i) => {
      expect(Math.abs(sum + biases[i]! - logits[i]!)).toBeLessThan(rounding(784 + 400, sizes[i]! + Math.abs(biases[i]!)));
      expect(most[i]).toBeGreaterThan(0.1);
    });
  });
});

describe("a GraphModel", () => {
  it("maps are between 0 and 1, and templates are those that the model's own output follows", async () => {
    await tf.setBackend("wasm");
    const path = thirdPartyModel("nsfwjs-mobilenet-v2-mid").folder();
    const x = pictures(2, [224, 224, 3]);
    const { model, compiled, maps } = await disagreement(path, x);
    expect(maps.shape).toEqual([2, 224, 224]);
    expect([tf.min(maps).dataSync()[0]! >= 0, tf.max(maps).dataSync()[0]]).toEqual([true, 1]);
    const probabilities = tf.softmax(compiled.forward(x));
    expect(tf.max(tf.abs(tf.sub(probabilities, model.predict(x) as tf.Tensor))).dataSync()[0]).toBeLessThan(AS_IMPORTED);
    const [rows, bias] = [tf.reshape(compiled.templates(x), [2, 5, -1]), compiled.localBias(x)];
    const map = tf.add(tf.reshape(tf.matMul(rows, tf.reshape(x, [2, -1, 1])), [2, 5]), bias);
    const error = tf.div(
      tf.abs(tf.sub(map, compiled.forward(x))),
      tf.add(tf.sum(tf.abs(tf.mul(rows, tf.reshape(x, [2, 1, -1]))), 2), tf.abs(bias)),
    );
    expect(tf.max(error).dataSync()[0]).toBeLessThan(AS_IMPORTED);
  });
});
