import { formatShape, MasoError, type Shape } from "@maso/core";

/** The extents of a channels-last image. Throws "shape" where the input is none. */
export function imageShape(inputs: readonly Shape[]): readonly [height: number, width: number, channels: number] {
  const shape = oneInput(inputs);
  if (shape.length !== 3) throw new MasoError("shape", `input ${formatShape(shape)} needs to be an image, [height, width, channels]`);
  return shape as unknown as readonly [number, number, number];
}

/** The only input's shape. Throws "shape" where there are others. */
export function oneInput(inputs: readonly Shape[]): Shape {
  if (inputs.length !== 1) throw new MasoError("shape", `reads ${inputs.length} inputs; it takes 1`);
  return inputs[0]!;
}

/** An axis counted from the front, from the end where negative. Throws "params". */
export function resolveAxis(axis: number, rank: number, at = "axis"): number {
  const resolved = axis < 0 ? axis + rank : axis;
  if (resolved < 0 || resolved >= rank) throw new MasoError("params", `expected an axis from ${-rank} to ${rank - 1}, got ${axis}`, { at });
  return resolved;
}
