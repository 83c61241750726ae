import { type Compute, type Network, random, totalSize } from "@maso/core";
import { type Time, timer } from "./timer.ts";

const BATCH = 1024;
const ENOUGH_SECONDS = 10;

/**
 * How long the products of a forward pass at so many points take: A v of every affine operator, in batches that stay in cache. What takes
 * longer than ten seconds is measured for those and extended.
 */
export function passTime({ nodes }: Network, compute: Compute, points: number): Time {
  const { normal } = random(1);
  const products = nodes.flatMap(({ op }) => {
    if (op.type !== "affine") return [];
    const inputs = op.inputs.map((shape) => Float64Array.from({ length: BATCH * totalSize([shape]) }, normal));
    return [() => op.linear(inputs, compute)];
  });
  const batch = (): void => {
    for (const product of products) product();
  };
  batch();
  const batches = points / BATCH;
  const elapsed = timer();
  let done = 0;
  for (; done < batches && elapsed().clock < ENOUGH_SECONDS; done++) batch();
  const { clock, processor } = elapsed();
  return { clock: (clock * batches) / done, processor: (processor * batches) / done };
}
