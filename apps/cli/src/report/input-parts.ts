import { imageTiles, type Part } from "@maso/analysis";
import { type Network, sizeOf } from "@maso/core";
import type { ImageShape } from "./picture";

const TILES = 3;
const MOST_PARTS = 16;
const TILE_NAMES = ["top left", "top", "top right", "left", "middle", "right", "bottom left", "bottom", "bottom right"];

/** The parts of an input by which an output is told apart: tiles of an image, inputs of several, single values, the largest of many. */
export function inputParts({ inputs, inputNames }: Network, image: ImageShape | null, contributions: Float64Array): readonly Part[] {
  if (image) return imageTiles(image, TILES, TILES).map(({ indices }, t) => ({ name: TILE_NAMES[t]!, indices }));
  if (inputs.length > 1) {
    let at = 0;
    return inputs.map((shape, i) => ({ name: inputNames[i]!, indices: Array.from({ length: sizeOf(shape) }, () => at++) }));
  }
  return largest(contributions).map((i) => ({ name: `x[${i}]`, indices: [i] }));
}

/** The places of all of a few values, of the largest of many, in order. */
function largest(values: Float64Array): readonly number[] {
  const places = [...values.keys()];
  if (places.length <= MOST_PARTS) return places;
  return places
    .filter((i) => values[i] !== 0)
    .sort((a, b) => Math.abs(values[b]!) - Math.abs(values[a]!) || a - b)
    .slice(0, MOST_PARTS - 1)
    .sort((a, b) => a - b);
}
