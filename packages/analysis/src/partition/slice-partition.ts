import {
  type Compute,
  isContinuous,
  MasoError,
  type Network,
  outputShape,
  plainCompute,
  type Quantizer,
  sizeOf,
  unitsOf,
} from "@maso/core";
import { ComplexCollector } from "./collect-complex";
import { withDecision } from "./decision";
import { addDecisionBoundary, type Decision, DecisionBoundary, decisionOf, lengthOf } from "./decision-boundary";
import { distinctMaps } from "./distinct-maps";
import { fusePairs } from "./fuse-pairs";
import { codeKeyAt } from "./level";
import { type PartitionRun, partitionBlocks, partitionRun } from "./partition-blocks";
import type { PartitionLayer, SlicePartition } from "./partition-result";
import { drain, type Pauses, pauses } from "./pauses";
import { checkSlice, type Slice } from "./slice";
import { largestOnInput, largestOnSlice, mendThinMaps } from "./slopes-of-faces";
import { checkPartitionable, type Stages, stagesOf } from "./stages";
import { areaOf, convexWindow } from "./window";

export interface PartitionOptions {
  /** The heavy loops; plain TypeScript where absent. */
  readonly compute?: Compute;
  /** Most faces that are cut together: memory grows with it, results do not depend on it. */
  readonly blockFaces?: number;
  /** Whether to compute maxLipschitzInput, which takes an adjoint pass per region and output where there are more than two inputs. */
  readonly inputNorm?: boolean;
  /** Stops the job within 100 ms with "aborted". */
  readonly signal?: AbortSignal;
  /** Told the fraction that is done, now and then. */
  readonly onProgress?: (fraction: number) => void;
}

/**
 * Every region of a hard, continuous network on a slice, exactly: each sign is decided in float64 with a bound on the error, and in
 * rational arithmetic where that leaves doubt. Throws "soft", "discontinuous", "shape", "params", "non-finite" or "aborted".
 */
export async function slicePartition(network: Network, slice: Slice, options: PartitionOptions = {}): Promise<SlicePartition> {
  const { compute = plainCompute, signal, onProgress } = options;
  checkSlice(network, slice);
  checkPartitionable(network, isContinuous);
  checkFinite(network);
  const fused = fusePairs(network);
  const decided = withDecision(fused);
  const window = convexWindow(slice.window);
  const outputs = sizeOf(outputShape(network));
  const exactSlice = { ...slice, window: window ?? slice.window };
  const stages = stagesOf(decided?.network ?? fused, compute, exactSlice);
  const layers = stages.list.filter(({ quantizer }) => quantizer !== null);
  const pause = pauses("partition", signal);
  const job: Job = {
    stages,
    slice: exactSlice,
    decision: decided && decisionOf(decided.node, decided.network.nodes[decided.node]!.op as Quantizer),
  };
  let reached = 0;
  const progress = (fraction: number): void => {
    reached = Math.max(reached, 0.95 * fraction);
    onProgress?.(reached);
  };
  const attempt = (most?: number): Promise<Collected> => collect(job, compute, window, outputs, pause, progress, most);
  let collected = await attempt(options.blockFaces);
  if (window !== null && !collected.complex.isClosed()) collected = await attempt(Number.MAX_SAFE_INTEGER);
  const { complex, run, boundary, maxOutput } = collected;
  if (window !== null && !complex.isClosed())
    throw new MasoError("graph", "partition: the complex does not close (V − E + F is not 1); this is a fault of the partition itself");
  await drain(mendThinMaps(stages, complex, exactSlice, { compute }), pause);
  const segments = boundary.segments();
  const maps = complex.maps.values;
  const distinct = await drain(distinctMaps(stages, run.exact, complex, outputs), pause);
  const maxLipschitzInput =
    options.inputNorm === false ? null : await drain(largestOnInput(stages, complex, exactSlice, { compute }), pause);
  onProgress?.(1);
  const regionsAfterLayer = layers.map((_, l) => run.regionsAfter[l]!);
  return {
    slice: exactSlice,
    vertices: complex.vertices.values,
    edges: complex.edges.values,
    edgeFaces: complex.edgeFaces.values,
    edgeLayers: complex.edgeLayers.values,
    edgeUnits: complex.edgeUnits.values,
    faceStart: complex.faceStart.values,
    faceVertices: complex.faceVertices.values,
    faceEdges: complex.faceEdges.values,
    areas: complex.areas.values,
    centroids: complex.centroids.values,
    maps,
    outputs,
    ...nesting(run, complex, layers.length),
    layers: layers.map(
      ({ id, quantizer }, l): PartitionLayer => ({ id, units: unitsOf(quantizer!).count, regions: regionsAfterLayer[l]! }),
    ),
    boundary: segments,
    summary: {
      regions: complex.faces,
      distinctMaps: distinct,
      vertices: complex.vertices.length / 2,
      edges: complex.edges.length / 2,
      regionsAfterLayer,
      area: complex.areas.values.reduce((a, b) => a + b, 0),
      windowArea: window === null ? 0 : areaOf(window),
      boundaryLength: lengthOf(segments),
      maxLipschitzSlice: largestOnSlice(maps, outputs),
      maxLipschitzInput,
      maxOutput: [...maxOutput],
      exactDecisions: run.exactDecisions,
    },
  };
}

interface Job {
  readonly stages: Stages;
  readonly slice: Slice;
  readonly decision: Decision | null;
}

interface Collected {
  readonly complex: ComplexCollector;
  readonly run: PartitionRun;
  readonly boundary: DecisionBoundary;
  readonly maxOutput: Float64Array;
}

/**
 * The complex of all blocks. Where lines meet an edge between two blocks in one point from one side only, the blocks may differ in
 * its vertices; then the complex is not closed, and one block must do.
 */
async function collect(
  { stages, slice, decision }: Job,
  compute: Compute,
  window: Float64Array | null,
  outputs: number,
  pause: Pauses,
  onProgress: (fraction: number) => void,
  most?: number,
): Promise<Collected> {
  const complex = new ComplexCollector((stage, cut) => (stage < 0 ? cut : stages.list[stage]!.cuts!.units[cut]!));
  const run = partitionRun(stages, slice, compute);
  const boundary = new DecisionBoundary();
  const maxOutput = new Float64Array(outputs).fill(-Infinity);
  if (window === null) return { complex, run, boundary, maxOutput };
  const whole = areaOf(window);
  let done = 0;
  let next = 0;
  await drain(partitionBlocks(run, slice, most), pause, (block) => {
    complex.add(block);
    const { rows } = block.outputs;
    for (let i = 0; i < rows.length; i++) if (rows[i]! > maxOutput[i % outputs]!) maxOutput[i % outputs] = rows[i]!;
    if (decision) addDecisionBoundary(boundary, run, block, decision);
    for (; next < complex.faces; next++) done += complex.areas.at(next);
    onProgress(Math.min(1, done / whole));
  });
  return { complex, run, boundary, maxOutput };
}

/** Which region after each layer each face lies in, and a name for its code. */
function nesting({ stages }: PartitionRun, complex: ComplexCollector, layers: number): Pick<SlicePartition, "regionOf" | "codeKeys"> {
  const faces = complex.faces;
  const regionOf = new Int32Array(layers * faces);
  const codeKeys: string[] = [];
  for (const { level, levelFace, first } of complex.blocks)
    levelFace.forEach((inLevel, f) => {
      for (let [at, face] = [level, inLevel]; at !== null; [at, face] = [at.parent, at.parentFace[face]!])
        regionOf[at.stage * faces + first + f] = at.before + face;
      codeKeys.push(codeKeyAt(stages, level, inLevel));
    });
  return { regionOf, codeKeys };
}

function checkFinite({ nodes }: Network): void {
  for (const { id, op } of nodes) {
    if (op.type !== "affine") continue;
    if (!op.bias.every(Number.isFinite)) throw new MasoError("non-finite", `partition: ${id} has a bias that is no finite number`);
  }
}
