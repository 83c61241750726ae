import { MasoError, type Network } from "@maso/core";
import type { Scaling } from "../input/image";
import { type ScalingOptions, scalingOf } from "../input/scaling";
import { type StreamedItem, streamInput } from "../input/stream-input";
import { notice } from "../output/notice";
import { type ModelFile, type ModelOptions, openModel } from "./open-model";
import { judge, readNetwork } from "./read-network";

export interface ModelWithStream {
  readonly file: ModelFile;
  readonly network: Network;
  readonly scaling: Scaling;
  /** All rows, once. */
  readonly items: AsyncIterable<StreamedItem>;
}

/** A model and the data to run it on, read row by row; the first row settles what the model leaves open. `option` is what the data is called. */
export async function openWithStream(
  model: string,
  option: string,
  data: readonly string[] | undefined,
  options: ModelOptions & ScalingOptions,
): Promise<ModelWithStream> {
  const scaling = scalingOf(options);
  const file = await openModel(model, options);
  await judge(file);
  if (data === undefined) throw new MasoError("usage", `${option} is needed: JSON rows, a .npy or IDX file, images or a folder of images`);
  const stream = streamInput(
    data,
    file.inputs.map(({ shape }) => shape),
  );
  const first = await stream.next();
  const items = first.done ? [] : [first.value];
  if ((options.scale ?? options.offset) !== undefined && !items.some(({ item }) => "image" in item.value))
    notice("--scale and --offset apply to images only");
  const { network } = await readNetwork(
    file,
    items.map(({ item }) => item),
  );
  return { file, network, scaling, items: withFirst(items, stream) };
}

async function* withFirst(first: readonly StreamedItem[], rest: AsyncIterable<StreamedItem>): AsyncGenerator<StreamedItem> {
  yield* first;
  yield* rest;
}
