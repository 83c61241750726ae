import { readdirSync, readFileSync, statSync } from "node:fs";
import { fileURLToPath } from "node:url";
import "@tensorflow/tfjs-backend-wasm";
import * as tf from "@tensorflow/tfjs-core";
import { loadLayersModel } from "@tensorflow/tfjs-layers";
import { beforeAll, describe, expect, it } from "vitest";
import { readDigits } from "../digits/read-digits";

const folder = fileURLToPath(new URL("../../apps/cli/models/digits/", import.meta.url));
const { training, heldOut } = readDigits();

describe("the split", () => {
  it("gives every digit to one part only", () => {
    const trained = new Set(training.images.map(String));
    expect(trained.size + new Set(heldOut.images.map(String)).size).toBe(10_000);
    expect(heldOut.images.filter((image) => trained.has(String(image)))).toEqual([]);
  });

  it("is the same at every reading", () => {
    const again = readDigits();
    expect(again.heldOut.labels).toEqual(heldOut.labels);
    expect(again.heldOut.images.map(String)).toEqual(heldOut.images.map(String));
  });

  it("is the one the committed model was trained with", () => {
    const counts = Array.from({ length: 10 }, (_, digit) => heldOut.labels.filter((label) => label === digit).length);
    expect(counts).toEqual([142, 180, 149, 152, 134, 110, 168, 155, 125, 147]);
  });

  it("has digits of 28 × 28 values in [0, 1]", () => {
    const faulty = [...training.images, ...heldOut.images].filter(
      (image) => image.length !== 784 || image.some((value) => !(value >= 0 && value <= 1)),
    );
    expect(faulty).toEqual([]);
  });
});

describe("the committed model", () => {
  beforeAll(async () => {
    await tf.setBackend("wasm");
  });

  it("takes at most 500 KB", () => {
    const bytes = readdirSync(folder).map((name) => statSync(folder + name).size);
    expect(bytes.reduce((sum, size) => sum + size, 0)).toBeLessThanOrEqual(500_000);
  });

  it("names at least 97 % of the digits that it was not trained on, and as many as it says", async () => {
    const accuracy = await heldOutAccuracy();
    expect(accuracy).toBeGreaterThanOrEqual(0.97);
    // One digit may tip where another machine sums float32 in another order.
    expect(Math.abs(accuracy - readModel().userDefinedMetadata.heldOutAccuracy) * heldOut.labels.length).toBeLessThan(1.5);
  });
});

async function heldOutAccuracy(): Promise<number> {
  const { modelTopology, weightsManifest } = readModel();
  const [{ paths, weights }] = weightsManifest;
  const weightData = Uint8Array.from(readFileSync(folder + paths[0])).buffer;
  const model = await loadLayersModel(tf.io.fromMemory({ modelTopology, weightSpecs: weights, weightData }));
  const pixels = Float32Array.from(heldOut.images.flatMap((image) => [...image]));
  const winners = tf.tidy(() =>
    tf.argMax(model.predict(tf.tensor4d(pixels, [heldOut.images.length, 28, 28, 1])) as tf.Tensor, 1).dataSync(),
  );
  return heldOut.labels.filter((label, i) => winners[i] === label).length / heldOut.labels.length;
}

interface ModelFile {
  readonly modelTopology: object;
  readonly weightsManifest: readonly [{ readonly paths: readonly [string]; readonly weights: tf.io.WeightsManifestEntry[] }];
  readonly userDefinedMetadata: { readonly heldOutAccuracy: number };
}

function readModel(): ModelFile {
  return JSON.parse(readFileSync(`${folder}model.json`, "utf8")) as ModelFile;
}
