import { MasoError, type Network } from "@maso/core";
import { type Points, pointsOf } from "../input/points";
import { readInput } from "../input/read-input";
import { type ScalingOptions, scalingOf } from "../input/scaling";
import { notice } from "../output/notice";
import { DEFAULT_MODEL, defaultDigits } from "./default-model";
import { type ModelFile, type ModelOptions, type ModelReading, openModel } from "./open-model";
import { judge, readNetwork } from "./read-network";

export interface ModelWithPoints {
  readonly file: ModelFile;
  readonly reading: ModelReading;
  readonly network: Network;
  readonly points: Points;
}

/** A model and the data to run it on; both are the built-in ones where no model is named. `option` is what the data is called. */
export async function openWithPoints(
  model: string | undefined,
  option: string,
  data: readonly string[] | undefined,
  options: ModelOptions & ScalingOptions,
): Promise<ModelWithPoints> {
  const scaling = scalingOf(options);
  const file = await openModel(model ?? DEFAULT_MODEL, options);
  await judge(file);
  if (model !== undefined && data === undefined)
    throw new MasoError("usage", `${option} is needed: JSON rows, a .npy or IDX file, images or a folder of images`);
  const items = data
    ? await readInput(
        data,
        file.inputs.map(({ shape }) => shape),
      )
    : defaultDigits();
  if ((options.scale ?? options.offset) !== undefined && !items.some(({ value }) => "image" in value))
    notice("--scale and --offset apply to images only");
  const reading = await readNetwork(file, items);
  return { file, reading, network: reading.network, points: pointsOf(items, reading.network.inputs, scaling) };
}
