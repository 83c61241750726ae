import { compile } from "@maso/backends/wasm";
import { fromTfjs } from "@maso/layers/tfjs";
import { loadGraphModel } from "@tensorflow/tfjs-converter";
import * as tf from "@tensorflow/tfjs-core";
import { folder } from "./folder";

/**
 * A GraphModel, for which TensorFlow.js has no gradients on this backend: for a batch of pictures a map of how strongly the two likeliest
 * classes disagree about each pixel, between 0 and 1, ready to be drawn over the picture.
 */
export async function disagreement(path: string, pictures: tf.Tensor4D) {
  await tf.setBackend("wasm");
  const model = await loadGraphModel(folder(path));

  const network = await fromTfjs(model);
  const compiled = await compile(network);

  const maps = tf.tidy(() => {
    const { indices } = tf.topk(compiled.forward(pictures), 2);
    const templates = compiled.templates(pictures); // [pictures, classes, height, width, channels]
    const pairs = tf.gather(templates, indices as tf.Tensor2D, 1, 1); // [pictures, 2, height, width, channels]
    const [first, second] = tf.unstack(pairs, 1) as [tf.Tensor4D, tf.Tensor4D];
    const strength = tf.norm(tf.sub(first, second), 2, 3); // [pictures, height, width]
    return tf.div(strength, tf.max(strength, [1, 2], true));
  });
  return { model, compiled, maps };
}
