import { inputSize, type Network, type Random } from "@maso/core";
import type { Slice } from "../../src/partition/slice";
import { isConvex, polygonOf } from "./convex-polygon";
import { pointOf } from "./exact-plane";
import type { Weights } from "./random-weights";

/** A plane in the network's input space with a window. */
export function randomSlice(source: Random, weights: Weights, network: Network): Slice {
  const size = inputSize(network);
  const vector = (draw: () => number): Float64Array => Float64Array.from({ length: size }, draw);
  const zero = vector(() => 0);
  const unit = (at: number): Float64Array => Float64Array.from({ length: size }, (_, i) => (i === at ? 1 : 0));
  const window = randomWindow(source, weights);
  const i = source.integer(size);
  const j = (i + 1 + source.integer(size - 1)) % size;
  // Axis-aligned: a unit that reads other inputs alone is constant.
  const aligned = (): Slice => ({ origin: weights.chance(0.5) ? zero : vector(weights.number), axes: [unit(i), unit(j)], window });
  const general = (): Slice => ({ origin: vector(weights.number), axes: [vector(weights.number), vector(weights.number)], window });
  const flat = (): Slice => {
    const axis = vector(weights.number);
    return { origin: vector(weights.number), axes: [axis, axis.map((value) => -2 * value)], window };
  };
  if (weights.degenerate) return weights.one([aligned, aligned, aligned, general, flat])();
  return size > 4 ? general() : weights.one([aligned, general])();
}

/** A rectangle, a triangle or another convex polygon, counter-clockwise; small whole numbers for degenerate networks. */
function randomWindow(source: Random, weights: Weights): Float64Array {
  const square = [-1, -1, 1, -1, 1, 1, -1, 1];
  const simple = [square, [0, 0, 1, 0, 1, 1, 0, 1], [0, 0, 1, 0, 0, 1], [-2, 0, 0, -2, 2, 0, 0, 2], [-1, -2, 1, -2, 2, 1, 0, 3, -2, 1]];
  if (weights.degenerate) return Float64Array.from(weights.one([square, square, ...simple]));
  const general = [rectangle, circle, () => weights.one(simple).map((value) => 2 * value)];
  return Float64Array.from(weights.one(general)());

  function rectangle(): number[] {
    const [s, t] = [source.uniform() - 2, source.uniform() - 2];
    const [width, height] = [4 * source.uniform() + 0.125, 4 * source.uniform() + 0.125];
    return [s, t, s + width, t, s + width, t + height, s, t + height];
  }

  /** Corners on a circle. */
  function circle(): number[] {
    for (;;) {
      const angles = Array.from({ length: weights.integer(3, 7) }, () => 2 * Math.PI * source.uniform()).sort((a, b) => a - b);
      const corners = angles.map((angle) => [2 * Math.cos(angle), 2 * Math.sin(angle)] as const);
      if (isConvex(polygonOf(corners.map(([s, t]) => pointOf(s, t))))) return corners.flat();
    }
  }
}
