import { type Compute, ROUNDOFF, roundingBound } from "@maso/core";
import type { RowKernels } from "@maso/core/compute";
import { type ExactNetwork, exactNetwork, exactPoint } from "../exact";
import { Extractor } from "./extract-part";
import type { BoundedRows } from "./given-inputs";
import type { Mesh } from "./mesh";
import { AdvancePlanner } from "./plan-advance";
import { Scratch } from "./scratch";
import type { Slice } from "./slice";
import type { StageLayers } from "./stage-layers";
import type { Stages } from "./stages";
import type { SignBits } from "./vertex-signs";

/** What all blocks of a partition have in common, and what is counted while they are cut. */
export interface PartitionRun {
  readonly stages: Stages;
  readonly layers: StageLayers;
  readonly slice: Slice;
  readonly exact: ExactNetwork;
  readonly compute: Compute;
  readonly rows: RowKernels;
  /** What is no longer used, for others to use its memory. */
  readonly meshes: Mesh[];
  readonly signBits: SignBits[];
  /** Of faces. */
  readonly faceBits: Uint32Array[];
  readonly scratch: Scratch;
  readonly planner: AdvancePlanner;
  readonly extractor: Extractor;
  /** How fast an input value changes with a slice coordinate, at most; and how far off a vertex may be. */
  readonly steepness: number;
  readonly mostOff: number;
  /** Most faces of a block behind each stage. */
  readonly mostFaces: readonly number[];
  /** By stage: regions after it, counted as blocks are done. */
  readonly regionsAfter: number[];
  exactDecisions: number;
}

/** Values of a block's vertices that are held together: few enough that they stay in some megabytes. */
const MOST_VALUES = 2 ** 19;
const MOST_FACES = 4096;
const LEAST_FACES = 32;

/** Of the window's size. Vertices are placed by others, so that what is off grows; beyond this they are placed exactly. */
const MOST_OFF = 2 ** -8;

export function partitionRun(
  stages: Stages,
  layers: StageLayers,
  slice: Slice,
  compute: Compute,
  rows: RowKernels,
  most?: number,
): PartitionRun {
  const [u, v] = slice.axes;
  return freshRun({
    stages,
    layers,
    slice,
    exact: exactNetwork(stages.network, slice),
    compute,
    rows,
    meshes: [],
    signBits: [],
    faceBits: [],
    scratch: new Scratch(),
    planner: new AdvancePlanner(),
    extractor: new Extractor(),
    steepness: u.reduce((largest, value, i) => Math.max(largest, Math.abs(value) + Math.abs(v[i]!)), 0),
    mostOff: MOST_OFF * largestOf(slice.window),
    mostFaces: stages.list.map((_, l) => most ?? facesBehind(stages, l)),
  });
}

/** The same run with nothing counted. All runs have the same fields in the same order, so that compiled code serves each of them. */
export function freshRun(run: Omit<PartitionRun, "regionsAfter" | "exactDecisions">): PartitionRun {
  return {
    stages: run.stages,
    layers: run.layers,
    slice: run.slice,
    exact: run.exact,
    compute: run.compute,
    rows: run.rows,
    meshes: run.meshes,
    signBits: run.signBits,
    faceBits: run.faceBits,
    scratch: run.scratch,
    planner: run.planner,
    extractor: run.extractor,
    steepness: run.steepness,
    mostOff: run.mostOff,
    mostFaces: run.mostFaces,
    regionsAfter: run.stages.list.map(() => 0),
    exactDecisions: 0,
  };
}

function facesBehind({ list }: Stages, l: number): number {
  const isLive = (stage: number): boolean =>
    list.some(({ targets }, from) => from <= l && targets.some((target) => target.stage === stage));
  let widest = 1;
  for (let stage = l + 1; stage < list.length; stage++)
    if (isLive(stage)) widest = Math.max(widest, list[stage]!.size, (list[stage]!.cuts?.count ?? 0) / 16);
  return Math.max(LEAST_FACES, Math.min(MOST_FACES, Math.floor(MOST_VALUES / widest)));
}

/** The complete inputs of a stage at the vertices of a mesh: its constant part alone where nothing feeds it. */
export function inputsOf({ stages }: PartitionRun, mesh: Mesh, state: ReadonlyMap<number, BoundedRows>, l: number): BoundedRows {
  const known = state.get(l);
  if (known) return known;
  const constant = stages.constants[l]!;
  const rows = new Float64Array(mesh.vertices * constant.length);
  for (let v = 0; v < mesh.vertices; v++) rows.set(constant, v * constant.length);
  return {
    size: constant.length,
    rows,
    errors: new Float64Array(mesh.vertices).fill(2 * roundingBound(stages.list[l]!.roundings) * stages.list[l]!.constantSize),
    sizes: new Float64Array(mesh.vertices).fill(largestOf(constant)),
  };
}

/** What the input feeds, at the window's corners: what is complete there is rounded from its exact value. */
export function firstState({ stages, exact, compute, slice: { origin, axes, window } }: PartitionRun): Map<number, BoundedRows> {
  const corners = window.length / 2;
  const size = origin.length;
  const x = new Float64Array(corners * size);
  const largest = new Float64Array(corners);
  for (let v = 0; v < corners; v++)
    for (let i = 0; i < size; i++) {
      const terms = [origin[i]!, window[2 * v]! * axes[0][i]!, window[2 * v + 1]! * axes[1][i]!] as const;
      x[v * size + i] = terms[0] + terms[1] + terms[2];
      largest[v] = Math.max(largest[v]!, Math.abs(terms[0]) + Math.abs(terms[1]) + Math.abs(terms[2]));
    }
  const spread = stages.spread(-1, x, compute);
  const runs = Array.from({ length: corners }, (_, v) => exact.at(exactPoint(window[2 * v]!, window[2 * v + 1]!)));
  return new Map(
    stages.input.targets.map(({ stage, norm, roundings }) => {
      const { size: width, node } = stages.list[stage]!;
      if (stage === 0 && node >= 0) {
        const exactRows = runs.map((run) => run.inputs(node));
        const rows = Float64Array.from({ length: corners * width }, (_, i) => exactRows[Math.floor(i / width)]![i % width]!);
        const sizes = Float64Array.from(exactRows, largestOf);
        return [stage, { size: width, rows, errors: sizes.map((most) => ROUNDOFF * most), sizes }];
      }
      const constant = stages.constants[stage]!;
      const rows = spread.get(stage)!.map((value, i) => value + constant[i % width]!);
      const errors = largest.map(
        (size) => norm * 4 * ROUNDOFF * size + 2 * roundingBound(roundings) * (norm * size + stages.list[stage]!.constantSize),
      );
      const sizes = largest.map((_, v) => largestOf(rows.subarray(v * width, (v + 1) * width)));
      return [stage, { size: width, rows, errors, sizes }];
    }),
  );
}

const largestOf = (values: Float64Array): number => values.reduce((most, value) => Math.max(most, Math.abs(value)), 0);
