import { type Slice, slices } from "@maso/analysis";
import { inputSize, MasoError, type Network } from "@maso/core";
import { pointsOf } from "../input/points";
import { type ScalingOptions, scalingOf } from "../input/scaling";
import type { ModelFile } from "../model/open-model";
import { readNetwork } from "../model/read-network";
import { parseWindow } from "./parse-window";
import { readThreePoints } from "./read-points";
import { readSliceFile } from "./read-slice-file";

export interface SliceOptions extends ScalingOptions {
  readonly slice?: string;
  readonly through?: string;
  readonly window?: string;
}

/** The plane that options name, and the network on it. Two inputs are a plane by themselves. Throws "usage" where one is needed. */
export async function chooseSlice(file: ModelFile, options: SliceOptions): Promise<{ readonly network: Network; readonly slice: Slice }> {
  const { slice, through } = options;
  if (slice !== undefined && through !== undefined) throw new MasoError("usage", "--slice and --through: give one of them");
  const window = options.window === undefined ? undefined : parseWindow(options.window);
  const scaling = scalingOf(options);
  if (through !== undefined) {
    const items = await readThreePoints("--through", through, file);
    const { network } = await readNetwork(file, items);
    const { x } = pointsOf(items, network.inputs, scaling);
    const size = inputSize(network);
    const [a, b, c] = [0, 1, 2].map((row) => x.slice(row * size, (row + 1) * size));
    return { network, slice: slices.through(a!, b!, c!, window) };
  }
  const { network } = await readNetwork(file);
  const size = inputSize(network);
  if (slice !== undefined) {
    const read = readSliceFile(slice, size);
    return { network, slice: window ? slices.around(read.origin, ...read.axes, window) : read };
  }
  if (size !== 2)
    throw new MasoError("usage", `${file.name}: has ${size} inputs, so a plane is needed: --slice FILE, or --through with three points`);
  return { network, slice: slices.axisAligned(2, 0, 1, window) };
}
