import { type Compute, forward, inputSize, type Network, random, totalSize } from "@maso/core";
import { type Time, timer } from "./timer.ts";

const BATCH = 1024;
const ENOUGH_SECONDS = 10;

/** How long forward passes at so many points take, in batches that stay in cache. */
export function passTime(network: Network, compute: Compute, points: number): Time {
  const { uniform } = random(1);
  const x = Float64Array.from({ length: BATCH * inputSize(network) }, () => 2 * uniform() - 1);
  return timeOf(() => forward(network, x, { compute }), points);
}

/** How long their products alone take: A v of every affine operator. */
export function productsTime({ nodes }: Network, compute: Compute, points: number): Time {
  const { normal } = random(1);
  const products = nodes.flatMap(({ op }) => {
    if (op.type !== "affine") return [];
    const inputs = op.inputs.map((shape) => Float64Array.from({ length: BATCH * totalSize([shape]) }, normal));
    return [() => op.linear(inputs, compute)];
  });
  return timeOf(() => {
    for (const product of products) product();
  }, points);
}

/** What takes longer than ten seconds is measured for those and extended. */
function timeOf(batch: () => unknown, points: number): Time {
  batch();
  const batches = points / BATCH;
  const elapsed = timer();
  let done = 0;
  for (; done < batches && elapsed().clock < ENOUGH_SECONDS; done++) batch();
  const { clock, processor } = elapsed();
  return { clock: (clock * batches) / done, processor: (processor * batches) / done };
}
