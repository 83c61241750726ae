import "@tensorflow/tfjs-backend-cpu";
import "@tensorflow/tfjs-backend-wasm";
import { compile } from "@maso/backends";
import { type Network, outputShape, sizeOf } from "@maso/core";
import { readTfjs } from "@maso/layers/tfjs";
import { loadGraphModel } from "@tensorflow/tfjs-converter";
import * as tf from "@tensorflow/tfjs-core";
import { type LayersModel, loadLayersModel } from "@tensorflow/tfjs-layers";
import { picture } from "../models/picture";
import { thirdPartyModel } from "../models/third-party-models";
import { artifactsIn, digitsFolder } from "./model-artifacts";

/** Limits, on wasm: templates 10 times as fast as tf.grad per class on cpu, and at most 1.5 (outputs + 1) forward passes; encode 1.3 of one. */
const RUNS = 7;

interface Predicts {
  predict(x: tf.Tensor): unknown;
}

await tf.setBackend("cpu");
const digits = await networkOf(digitsFolder);
const model = await loadLayersModel({ load: async () => artifactsIn(digitsFolder) });
await againstGradients(digits, model, 16);
await againstPasses("digits, 1 picture", digits, model, 1);
await againstPasses("digits, 32 pictures", digits, model, 32);
const mobilenet = thirdPartyModel("nsfwjs-mobilenet-v2-mid").folder();
const graphModel = await loadGraphModel({ load: async () => artifactsIn(mobilenet) });
await againstPasses("MobileNetV2 (nsfwjs, graph), 1 picture of 224 x 224", await networkOf(mobilenet), graphModel, 1);

async function networkOf(folder: string): Promise<Network> {
  const { network } = await readTfjs(folder, { check: false });
  if (network === null) throw new Error(`${folder} is refused`);
  return network;
}

/** What a TensorFlow.js user does otherwise: a gradient of each class's logit, one after the other, on the backend where that works. */
async function againstGradients(network: Network, model: LayersModel, rows: number): Promise<void> {
  const outputs = sizeOf(outputShape(network));
  await tf.setBackend("cpu");
  const x = batch(network, rows);
  // The logits up to one number that all share: what a program with a softmax at its end can reach.
  const logits = (points: tf.Tensor): tf.Tensor => tf.log(tf.add(model.predict(points) as tf.Tensor, 1e-30));
  const loop = (): tf.Tensor =>
    tf.tidy(() =>
      tf.stack(
        Array.from({ length: outputs }, (_, k) => tf.grad((points) => tf.sum(tf.slice(logits(points), [0, k], [rows, 1])))(x)),
        1,
      ),
    );
  const gradients = seconds(loop, 2);
  for (const backend of ["cpu", "wasm"]) {
    await tf.setBackend(backend);
    const compiled = await compile(network);
    const own = batch(network, rows);
    const templates = seconds(() => compiled.templates(own), RUNS);
    console.log(
      `digits, ${rows} pictures: tf.grad of ${outputs} classes on cpu takes ${(gradients / templates).toFixed(1)} times as long as templates on ${backend}${backend === "wasm" ? " (floor 10)" : ""}`,
    );
    compiled.dispose();
  }
}

async function againstPasses(name: string, network: Network, model: Predicts, rows: number): Promise<void> {
  await tf.setBackend("wasm");
  const outputs = sizeOf(outputShape(network));
  const compiled = await compile(network);
  const x = batch(network, rows);
  const calls = {
    predict: () => model.predict(x) as tf.Tensor,
    forward: () => compiled.forward(x),
    encode: () => compiled.encode(x),
    templates: () => compiled.templates(x),
  };
  const best = { predict: Infinity, forward: Infinity, encode: Infinity, templates: Infinity };
  // In turn, and the best of each, so that a machine that drifts or has other work favours neither side.
  for (let run = 0; run < RUNS; run++)
    for (const what of ["predict", "forward", "encode", "templates"] as const) best[what] = Math.min(best[what], seconds(calls[what], 2));
  const passes = best.templates / best.forward;
  console.log(
    `${name}: templates of ${outputs} outputs take ${passes.toFixed(1)} forward passes, ${(passes / (outputs + 1)).toFixed(2)} (outputs + 1) (aim 1.5); ` +
      `encode ${(best.encode / best.forward).toFixed(2)} (aim 1.3); a pass takes ${(1000 * best.forward).toFixed(2)} ms, the model's own ${(1000 * best.predict).toFixed(2)}`,
  );
  compiled.dispose();
  x.dispose();
}

function batch(network: Network, rows: number): tf.Tensor {
  const [shape] = network.inputs;
  return tf.tensor(Float32Array.from(Array.from({ length: rows }, (_, seed) => [...picture(shape!, seed + 1)]).flat()), [rows, ...shape!]);
}

/** The best of several calls, until the values are there. */
function seconds(call: () => tf.Tensor, runs: number): number {
  let best = Infinity;
  for (let run = 0; run < runs; run++) {
    const start = performance.now();
    const result = call();
    result.dataSync();
    best = Math.min(best, (performance.now() - start) / 1000);
    result.dispose();
  }
  return best;
}
