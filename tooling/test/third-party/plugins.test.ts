import "@tensorflow/tfjs-backend-cpu";
import { forward, identityError } from "@maso/core";
import { builtins } from "@maso/layers";
import { conformance } from "@maso/layers/testing";
import { fromTfjs, readTfjs } from "@maso/layers/tfjs";
import * as tf from "@tensorflow/tfjs-core";
import * as tfl from "@tensorflow/tfjs-layers";
import { describe, expect, it, test } from "vitest";
import { circularMix } from "./circular-mix";
import { zigzag, zigzagOf } from "./zigzag";

const layers = builtins.with(zigzag, circularMix);

describe("a nonlinearity given by its pieces alone", () => {
  conformance(zigzag, [{ inputs: [[7]] }, { inputs: [[2, 3]] }], { test });

  it("computes its formula", () => {
    const op = layers.build("zigzag", {}, [401]);
    const x = Float64Array.from({ length: 401 }, (_, i) => (i - 200) / 64);
    const net = { inputs: [[401]], inputNames: ["x"], nodes: [{ id: "z", op, from: [0] }], output: 1 };
    expect(forward(net, x)).toEqual(x.map((value) => zigzagOf(value) + 0));
  });
});

describe("an affine layer that brings its own action", () => {
  conformance(
    circularMix,
    [
      { inputs: [[5]], params: { shift: 2, weight: -0.5 } },
      { inputs: [[2, 2]], params: { shift: 1, weight: 3 } },
    ],
    { test },
  );
});

class Zigzag extends tfl.layers.Layer {
  static className = "Zigzag";
  override call(inputs: tf.Tensor | tf.Tensor[]): tf.Tensor {
    const x = [inputs].flat()[0]!;
    return tf.tidy(() => tf.where(tf.lessEqual(x, -1), tf.add(x, 2), tf.sub(1, tf.abs(tf.sub(1, tf.abs(x))))));
  }
}

class CircularMix extends tfl.layers.Layer {
  static className = "CircularMix";
  constructor(private readonly settings: { readonly shift: number; readonly weight: number; readonly name?: string }) {
    super({ name: settings.name });
  }
  override call(inputs: tf.Tensor | tf.Tensor[]): tf.Tensor {
    const x = [inputs].flat()[0]!;
    const { shift, weight } = this.settings;
    return tf.tidy(() => {
      const size = x.shape[1]!;
      const turned = tf.concat([tf.slice(x, [0, shift], [-1, size - shift]), tf.slice(x, [0, 0], [-1, shift])], 1);
      return tf.add(x, tf.mul(weight, turned));
    });
  }
  override getConfig(): tf.serialization.ConfigDict {
    return { ...super.getConfig(), shift: this.settings.shift, weight: this.settings.weight };
  }
}

describe("a tfjs model with both as custom layers", () => {
  const model = (): tfl.LayersModel =>
    tfl.sequential({
      layers: [
        tfl.layers.dense({
          name: "first",
          units: 6,
          inputShape: [4],
          kernelInitializer: tfl.initializers.randomNormal({ seed: 1, stddev: 1 }),
        }),
        new Zigzag({ name: "zigzag" }),
        new CircularMix({ name: "mix", shift: 2, weight: -0.5 }),
        tfl.layers.dense({ name: "last", units: 2, kernelInitializer: tfl.initializers.randomNormal({ seed: 2, stddev: 1 }) }),
      ],
    });

  it("is refused without the plugins, by name", async () => {
    const { refused } = await readTfjs(model());
    expect(refused.map(({ node, op, cuts }) => [node, op, cuts])).toEqual([
      ["zigzag", "Zigzag", ["first"]],
      ["mix", "CircularMix", ["first"]],
    ]);
  });

  it("is read with them, agrees with tfjs, and is exactly affine", async () => {
    const { network, check } = await readTfjs(model(), { layers });
    expect(check).toMatchObject({ tolerance: 1e-4 });
    expect(identityError(network!, Float64Array.of(0.3, -1.2, 2, 0.7))).toBeLessThan(1e-15);
    await expect(fromTfjs(model(), { layers })).resolves.toMatchObject({ inputs: [[4]] });
  });
});
