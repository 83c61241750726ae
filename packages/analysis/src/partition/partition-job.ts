import { type Compute, MasoError, type Network, outputShape, plainCompute, type Quantizer, sizeOf } from "@maso/core";
import { plainRowKernels, type RowKernels } from "@maso/core/compute";
import { checkPartitionable } from "./check-partitionable";
import { withDecision } from "./decision";
import { decisionOf } from "./decision-boundary";
import { fusePairs } from "./fuse-pairs";
import type { PartJob } from "./part-complex";
import { freshRun, type PartitionRun, partitionRun } from "./partition-run";
import { drain, type Pauses } from "./pauses";
import { checkSlice, type Slice } from "./slice";
import { inverseOfAxes, MOST_OUTPUTS } from "./slopes-of-faces";
import { splitPools } from "./split-pools";
import { layersOf } from "./stage-layers";
import { stagesOf } from "./stages";
import { convexWindow } from "./window";

/** What says which partition is wanted, in every thread. */
export interface JobOptions {
  /** The heavy loops; plain TypeScript where absent. */
  readonly compute?: Compute;
  /** Most faces that are cut together: memory grows with it, results do not depend on it. */
  readonly blockFaces?: number;
  /** Whether to compute maxLipschitzInput, which takes an adjoint pass per region and output where there are more than two inputs. */
  readonly inputNorm?: boolean;
}

export interface PartitionJob extends PartJob {
  /** The window counter-clockwise without straight corners; null where it has no area. */
  readonly window: Float64Array | null;
}

/** Throws what says that a network has no partition on a slice: "soft", "discontinuous", "shape", "params" or "non-finite". */
export function checkJob(network: Network, slice: Slice): void {
  checkSlice(network, slice);
  checkPartitionable(network);
  checkFinite(network);
}

/** Prepares a job that `checkJob` has let pass. Throws "aborted". */
export async function partitionJob(
  network: Network,
  slice: Slice,
  { compute = plainCompute, blockFaces, inputNorm = true }: JobOptions,
  pause: Pauses,
): Promise<PartitionJob> {
  const split = splitPools(fusePairs(network));
  const decided = withDecision(split.network);
  const window = convexWindow(slice.window);
  const exactSlice = { ...slice, window: window ?? slice.window };
  const stages = await drain(stagesOf(decided?.network ?? split.network, compute, exactSlice), pause);
  const outputs = sizeOf(outputShape(network));
  return {
    run: partitionRun(stages, layersOf(stages, split.groups), exactSlice, compute, await newRows(compute), blockFaces),
    window,
    outputs,
    decision: decided && decisionOf(decided.node, decided.network.nodes[decided.node]!.op as Quantizer),
    inputNorm: inputNorm && (outputs <= MOST_OUTPUTS || inverseOfAxes(slice) !== null),
    compute,
  };
}

/** A run to grow the trunk in: one layer is cut in a memory of its own, which is large, and goes when that is done. */
export async function trunkRun({ run, compute }: PartJob): Promise<PartitionRun> {
  return freshRun({ ...run, rows: await newRows(compute) });
}

const newRows = async (compute: Compute): Promise<RowKernels> => (await compute.rowKernels?.()) ?? plainRowKernels(compute.matmul);

function checkFinite({ nodes }: Network): void {
  for (const { id, op } of nodes) {
    if (op.type !== "affine") continue;
    if (!op.bias.every(Number.isFinite)) throw new MasoError("non-finite", `partition: ${id} has a bias that is no finite number`);
  }
}
