import type { SlicePartition } from "../partition-result";

/** By face: the spectral norm of A·axes, the local Lipschitz constant in slice coordinates. */
export function slopeNorms({ maps, outputs }: Pick<SlicePartition, "maps" | "outputs">): Float64Array {
  const norms = new Float64Array(outputs === 0 ? 0 : maps.length / (3 * outputs));
  for (let face = 0; face < norms.length; face++) {
    let [ss, st, tt] = [0, 0, 0];
    for (let at = 3 * outputs * face; at < 3 * outputs * (face + 1); at += 3) {
      const [a, b] = [maps[at]!, maps[at + 1]!];
      ss += a * a;
      st += a * b;
      tt += b * b;
    }
    norms[face] = Math.sqrt((ss + tt + Math.hypot(ss - tt, 2 * st)) / 2);
  }
  return norms;
}

/** The least and the greatest norm of several partitions, as one scale for their pictures. */
export function lipschitzRange(partitions: readonly Pick<SlicePartition, "maps" | "outputs">[]): readonly [low: number, high: number] {
  let [low, high] = [Infinity, 0];
  for (const partition of partitions)
    for (const norm of slopeNorms(partition)) {
      low = Math.min(low, norm);
      high = Math.max(high, norm);
    }
  return [Math.min(low, high), high];
}
