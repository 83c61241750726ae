import { rowsOf, sizeOf } from "@maso/core";
import { type Compute, checkGeometry, type Direction, isDepthwise, isPointwise, plainCompute } from "@maso/core/compute";
import { depthwise } from "./depthwise";
import type { Engine } from "./engine";
import { matmul } from "./matmul";
import { multiplyPatches } from "./multiply-patches";

/** Multiplications below which the plain convolution is as fast. */
const WORTH_CALLING = 5000;

/** A convolution or its adjoint. */
export function convolve(engine: Engine, direction: Direction): Compute["convolve"] {
  const who = direction === "forward" ? "convolve" : "convolveAdjoint";
  const multiply = matmul(engine);
  return (from, kernel, geometry) => {
    const { input, output } = geometry;
    const size = sizeOf(direction === "forward" ? input : output);
    const pixels = (from.length / size) * output[0] * output[1];
    if (pixels * kernel.length < WORTH_CALLING) return plainCompute[who](from, kernel, geometry);
    checkGeometry(who, kernel, geometry);
    rowsOf(who, from, size);
    if (isPointwise(geometry))
      return direction === "forward"
        ? multiply(from, kernel, { m: pixels, k: input[2], n: output[2] })
        : multiply(from, kernel, { m: pixels, k: output[2], n: input[2], transposeB: true });
    const run = isDepthwise(geometry) ? depthwise : multiplyPatches;
    return run(engine, from, kernel, geometry, direction) ?? plainCompute[who](from, kernel, geometry);
  };
}
