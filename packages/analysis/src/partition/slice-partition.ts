import { MasoError, type Network } from "@maso/core";
import { type BegunJob, beginJob } from "./begin-job";
import { joinedSegments, lengthOf } from "./decision-boundary";
import { distinctMaps } from "./distinct-maps";
import { codeKeyAt } from "./level";
import type { TrunkCounts } from "./local-parts";
import { MergedComplex } from "./merge-parts";
import type { PartitionJob } from "./partition-job";
import type { PartitionLayer, PartitionSummary, SlicePartition } from "./partition-result";
import { type PartsOptions, partsInOrder } from "./parts-in-order";
import { drain, type Pauses, pauses } from "./pauses";
import type { Slice } from "./slice";
import { checkThreads } from "./threads";
import { toldFraction } from "./told-fraction";
import { areaOf } from "./window";

export type PartitionOptions = PartsOptions;

/** The share of progress that cutting is; the rest is for what is told of the whole. */
const CUT = 0.95;

/**
 * Every region of a hard, continuous network on a slice, exactly: each sign is decided in float64 with a bound on the error, and in
 * rational arithmetic where that leaves doubt. The same to the bit for any number of threads. Throws "soft", "discontinuous", "shape",
 * "params", "non-finite", "worker" or "aborted".
 */
export async function slicePartition(network: Network, slice: Slice, options: PartitionOptions = {}): Promise<SlicePartition> {
  checkThreads(options);
  const pause = pauses("partition", options.signal);
  const tell = toldFraction(options.onProgress);
  const begun = await beginJob(network, slice, options, pause);
  const { job } = begun;
  const complex = await merged(begun, network, { ...options, onProgress: (fraction) => tell(CUT * fraction) }, pause);
  const boundary = joinedSegments(complex.boundary.values, complex.boundaryAlong.values, complex.edges.values, complex.vertices.values);
  const summary = await summaryOf(job, complex, boundary, pause);
  tell(1);
  const { stages } = job.run;
  const { levels, regionsAfter } = complex;
  let codeKeys: readonly string[] | null = null;
  return {
    slice: job.run.slice,
    ...complex.arrays,
    outputs: job.outputs,
    regionOf: complex.takeRegions(),
    get codeKeys() {
      codeKeys ??= levels.flatMap(({ level, levelFace }) => Array.from(levelFace, (face) => codeKeyAt(stages, level, face)));
      return codeKeys;
    },
    layers: job.run.layers.list.map(({ id, units }, l): PartitionLayer => ({ id, units, regions: regionsAfter[l]! })),
    boundary,
    summary,
  };
}

/**
 * The complex of all parts. Where lines meet an edge between two blocks in one point from one side only, the blocks may differ in its
 * vertices; then the complex is not closed, and one block must do.
 */
async function merged(begun: BegunJob, network: Network, options: PartitionOptions, pause: Pauses): Promise<MergedComplex> {
  const complex = await partsOf(begun, options, pause);
  const { job } = begun;
  if (job.window === null || complex.isClosed()) return complex;
  const whole = { ...options, blockFaces: Infinity, threads: 1 };
  const again = await partsOf(await beginJob(network, job.run.slice, whole, pause), whole, pause);
  if (again.isClosed()) return again;
  throw new MasoError("graph", "partition: the complex does not close (V − E + F is not 1); this is a fault of the partition itself");
}

async function partsOf(begun: BegunJob, options: PartitionOptions, pause: Pauses): Promise<MergedComplex> {
  const { job } = begun;
  const { window, outputs } = job;
  const layers = job.run.layers.list;
  let complex = new MergedComplex(layers.length, outputs, { starts: [], layers: 0, regionsAfter: layers.map(() => 0), exactDecisions: 0 });
  complex.maxInputSquare = job.inputNorm ? 0 : null;
  if (window === null) return complex;
  const onTrunk = (counts: TrunkCounts): void => {
    complex = new MergedComplex(layers.length, outputs, counts);
  };
  const whole = areaOf(window);
  let done = 0;
  const onArea = (area: number): void => {
    done += area;
    options.onProgress?.(Math.min(1, done / whole));
  };
  for await (const part of partsInOrder(begun, options.signal, true, pause, onTrunk, onArea)) {
    complex.add(part);
    if (pause.isDue()) await pause.now();
  }
  return complex;
}

async function summaryOf(job: PartitionJob, complex: MergedComplex, boundary: Float64Array, pause: Pauses): Promise<PartitionSummary> {
  const { run, outputs, window } = job;
  return {
    regions: complex.faces,
    distinctMaps: await drain(distinctMaps(run, complex, outputs), pause),
    vertices: complex.vertices.length / 2,
    edges: complex.edges.length / 2,
    regionsAfterLayer: [...complex.regionsAfter],
    area: complex.areas.values.reduce((a, b) => a + b, 0),
    windowArea: window === null ? 0 : areaOf(window),
    boundaryLength: lengthOf(boundary),
    maxLipschitzSlice: Math.sqrt(complex.maxSliceSquare),
    maxLipschitzInput: complex.maxInputSquare === null ? null : Math.sqrt(complex.maxInputSquare),
    maxOutput: [...complex.maxOutput],
    exactDecisions: complex.exactDecisions,
  };
}
