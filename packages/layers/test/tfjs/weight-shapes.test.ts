import { beforeAll, expect, it } from "vitest";
import { readTfjs } from "../../src/tfjs";
import { sequential, tf, tfl } from "./models";

const { layers } = tfl;
beforeAll(() => tf.ready());

/** Each layer with a setting that does not fit its weights. */
const cases: readonly (readonly [name: string, inputShape: number[], layer: tfl.layers.Layer, wrong: Record<string, unknown>])[] = [
  ["dense", [3], layers.dense({ units: 2, name: "w" }), { units: 9 }],
  ["conv1d", [5, 2], layers.conv1d({ filters: 2, kernelSize: 3, name: "w" }), { filters: 3 }],
  ["conv1d", [5, 2], layers.conv1d({ filters: 2, kernelSize: 3, name: "w" }), { kernel_size: [2] }],
  ["conv2d", [5, 5, 2], layers.conv2d({ filters: 2, kernelSize: 3, name: "w" }), { filters: 4 }],
  ["conv2d", [5, 5, 2], layers.conv2d({ filters: 2, kernelSize: 3, name: "w" }), { kernel_size: [3, 2] }],
  ["conv2d", [5, 5, 2], layers.conv2d({ filters: 2, kernelSize: 3, name: "w" }), { use_bias: false }],
  ["conv2dTranspose", [5, 5, 2], layers.conv2dTranspose({ filters: 3, kernelSize: 2, name: "w" }), { filters: 2 }],
  ["depthwiseConv2d", [5, 5, 2], layers.depthwiseConv2d({ kernelSize: 3, depthMultiplier: 2, name: "w" }), { depth_multiplier: 1 }],
  ["separableConv2d", [5, 5, 2], layers.separableConv2d({ filters: 3, kernelSize: 2, name: "w" }), { filters: 2 }],
  ["batchNormalization", [5, 2], layers.batchNormalization({ name: "w" }), { scale: false }],
]; // prettier-ignore

it.each(cases)("%s with weights that do not fit its settings is refused by name", async (_, inputShape, layer, wrong) => {
  let saved: tf.io.ModelArtifacts | undefined;
  await sequential(inputShape, layer).save(
    tf.io.withSaveHandler(async (artifacts) => {
      saved = artifacts;
      return { modelArtifactsInfo: { dateSaved: new Date(0), modelTopologyType: "JSON" } };
    }),
  );
  expect((await readTfjs(saved!)).check).toHaveProperty("error");
  const topology = structuredClone(saved!.modelTopology) as { config: { layers: { config: Record<string, unknown> }[] } };
  Object.assign(topology.config.layers[1]!.config, wrong);
  await expect(readTfjs({ ...saved!, modelTopology: topology as object })).rejects.toMatchObject({
    code: expect.stringMatching(/^(shape|format)$/),
    message: expect.stringMatching(/layer w.*w\//),
  });
});
