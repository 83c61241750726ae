import { type Compute, type Network, random, totalSize } from "@maso/core";

const BATCH = 1024;
const ENOUGH_SECONDS = 10;

/**
 * How long the products of a forward pass at so many points take: A v of every affine operator, in batches that stay in cache. What takes
 * longer than ten seconds is measured for those and extended.
 */
export function passSeconds({ nodes }: Network, compute: Compute, points: number): number {
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
  const start = performance.now();
  const elapsed = (): number => (performance.now() - start) / 1000;
  let done = 0;
  for (; done < batches && elapsed() < ENOUGH_SECONDS; done++) batch();
  return (elapsed() * batches) / done;
}
