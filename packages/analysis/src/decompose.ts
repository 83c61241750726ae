import { MasoError, type Rows } from "@maso/core";
import type { Template } from "./templates";

/** How an output comes about: value = Σ contributions + bias. */
export interface Decomposition {
  readonly output: number;
  readonly value: number;
  readonly bias: number;
  /** template ∘ x, one number per input value. */
  readonly contributions: Float64Array;
  /** The sum of the contributions of each part; values in no part are in `rest`. */
  readonly parts: readonly { readonly name: string; readonly sum: number }[];
  readonly rest: number;
}

/** Input values that belong together, as indices into x. */
export interface Part {
  readonly name: string;
  readonly indices: ArrayLike<number>;
}

/** What each part of one input x adds to an output. Throws "params" for a derivative, whose rows do not add up to the output. */
export function decompose(template: Template, x: Rows, parts: readonly Part[] = []): Decomposition {
  const { output, weights, bias, value } = template;
  if (bias === null)
    throw new MasoError("params", "decompose: a row of the derivative does not add up to the output; it needs a template of the local map");
  if (x.length !== weights.length)
    throw new MasoError("shape", `decompose: x has ${x.length} values; the template needs ${weights.length}`);
  const contributions = weights.map((weight, i) => weight * x[i]!);
  const free = new Uint8Array(x.length).fill(1);
  const sums = parts.map(({ name, indices }) => {
    let sum = 0;
    for (let i = 0; i < indices.length; i++) {
      sum += contributions[indices[i]!]!;
      free[indices[i]!] = 0;
    }
    return { name, sum };
  });
  const rest = contributions.reduce((sum, each, i) => (free[i] ? sum + each : sum), 0);
  return { output, value, bias, contributions, parts: sums, rest };
}

/** The parts of an image that a grid of tiles cuts it into, row by row, all channels together. */
export function imageTiles([height, width, channels]: readonly [number, number, number], down: number, across: number): Part[] {
  const tiles = Array.from({ length: down * across }, (_, t) => ({
    name: `${Math.floor(t / across)},${t % across}`,
    indices: [] as number[],
  }));
  for (let y = 0; y < height; y++)
    for (let x = 0; x < width; x++) {
      const tile = tiles[Math.floor((y * down) / height) * across + Math.floor((x * across) / width)]!;
      for (let c = 0; c < channels; c++) tile.indices.push((y * width + x) * channels + c);
    }
  return tiles;
}
