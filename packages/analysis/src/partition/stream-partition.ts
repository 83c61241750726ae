import type { Network } from "@maso/core";
import { beginJob } from "./begin-job";
import { levelOf } from "./collect-complex";
import type { ComplexArrays } from "./complex-arrays";
import { codeKeyAt } from "./level";
import type { SlicePartition } from "./partition-result";
import { type PartsOptions, partsInOrder } from "./parts-in-order";
import { pauses } from "./pauses";
import type { Slice } from "./slice";
import { checkThreads } from "./threads";
import { toldFraction } from "./told-fraction";
import { areaOf } from "./window";

/** One region on a slice. Arrays are views of larger ones: copy what is to be kept when a stream goes on. */
export interface PartitionFace {
  /** In slice coordinates. */
  readonly area: number;
  readonly centroid: Float64Array;
  /** f(s, t) = map·(s, t, 1), [outputs, 3]. */
  readonly map: Float64Array;
  /** A name for the code of all units. */
  readonly codeKey: string;
  /** Corners (s, t), counter-clockwise: [corners, 2]. */
  polygon(): Float64Array;
}

/**
 * The regions of a hard, continuous network on a slice, one after another, so that there is no array of them all: a part of the window is
 * held at a time, of several threads some parts for each. The same regions in the same order as slicePartition's, but where that has to cut
 * the whole window as one block; corners between parts may differ in their last bits. Throws "soft", "discontinuous",
 * "shape", "params", "non-finite", "worker" or "aborted".
 */
export async function* streamPartition(network: Network, slice: Slice, options: PartsOptions = {}): AsyncGenerator<PartitionFace> {
  checkThreads(options);
  const pause = pauses("partition", options.signal);
  const tell = toldFraction(options.onProgress);
  const begun = await beginJob(network, slice, options, pause);
  const { job } = begun;
  if (job.window !== null) {
    const whole = areaOf(job.window);
    let done = 0;
    const onArea = (area: number): void => {
      done += area;
      tell(done / whole);
    };
    for await (const part of partsInOrder(begun, options.signal, false, pause, () => {}, onArea)) {
      const codeKeyOf = (face: number): string => {
        const { level, levelFace, first } = levelOf(part.levels, face);
        return codeKeyAt(job.run.stages, level, levelFace[face - first]!);
      };
      for (const face of facesOf(part, job.outputs, codeKeyOf)) {
        yield face;
        if (pause.isDue()) await pause.now();
      }
    }
  }
  tell(1);
}

/** The regions of a partition, without copying. */
export function partitionFaces(partition: SlicePartition): Generator<PartitionFace> {
  return facesOf(partition, partition.outputs, (face) => partition.codeKeys[face]!);
}

function* facesOf(complex: ComplexArrays, outputs: number, codeKeyOf: (face: number) => string): Generator<PartitionFace> {
  const { vertices, faceStart, faceVertices, areas, centroids, maps } = complex;
  for (let face = 0; face < areas.length; face++) {
    const own = face;
    yield {
      area: areas[own]!,
      centroid: centroids.subarray(2 * own, 2 * own + 2),
      map: maps.subarray(3 * outputs * own, 3 * outputs * (own + 1)),
      get codeKey() {
        return codeKeyOf(own);
      },
      polygon: () => {
        const corners = faceVertices.subarray(faceStart[own], faceStart[own + 1]);
        const polygon = new Float64Array(2 * corners.length);
        corners.forEach((v, i) => polygon.set(vertices.subarray(2 * v, 2 * v + 2), 2 * i));
        return polygon;
      },
    };
  }
}
