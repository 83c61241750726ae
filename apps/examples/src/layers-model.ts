import { fileURLToPath } from "node:url";
import { compile } from "@maso/backends/wasm";
import { fromTfjs } from "@maso/layers/tfjs";
import * as tf from "@tensorflow/tfjs-core";
import { loadLayersModel } from "@tensorflow/tfjs-layers";
import { folder } from "./folder";

/**
 * A LayersModel that a program has already: for a batch of pictures, how much every pixel adds to the logit of the class that wins,
 * as a tensor that the program goes on with. Each row of `evidence` and its `bias` add up to that logit, exactly.
 */
export async function evidenceOfDigits(pictures: tf.Tensor4D) {
  await tf.setBackend("wasm");
  const model = await loadLayersModel(folder(fileURLToPath(new URL("../../cli/models/digits", import.meta.url))));

  const network = await fromTfjs(model);
  const compiled = await compile(network);

  const result = tf.tidy(() => {
    const logits = compiled.forward(pictures);
    const winner = tf.oneHot(tf.argMax(logits, 1), logits.shape[1]!);
    const templates = compiled.templates(pictures); // [pictures, classes, height, width, 1]
    const own = tf.sum(tf.mul(templates, tf.reshape(winner, [...winner.shape, 1, 1, 1])), 1);
    return {
      logit: tf.sum(tf.mul(logits, winner), 1),
      evidence: tf.mul(own, pictures), // [pictures, height, width, 1]
      bias: tf.sum(tf.mul(compiled.localBias(pictures), winner), 1),
    };
  });
  compiled.dispose();
  return { model, ...result };
}
