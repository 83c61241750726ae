import { type Compute, plainCompute, ROUNDOFF, roundingBound } from "@maso/core";
import { type ExactNetwork, exactNetwork, exactPoint } from "../exact";
import { advance } from "./advance";
import { type Block, SharedNames, windowBlock } from "./block";
import { MeshCutter } from "./cut-mesh";
import { dissolve } from "./dissolve";
import type { GivenInputs } from "./given-inputs";
import type { Level } from "./level";
import { ExactSettler, Lines } from "./settle";
import type { Slice } from "./slice";
import { splitBlock } from "./split-block";
import type { Stages } from "./stages";

/** A block after the last stage: regions, with the network's outputs at their vertices. */
export interface FinalBlock extends Omit<Block, "state"> {
  readonly outputs: GivenInputs;
  readonly shared: SharedNames;
  readonly lines: Lines;
}

export interface PartitionRun {
  readonly stages: Stages;
  readonly exact: ExactNetwork;
  readonly compute: Compute;
  /** How fast an input value changes with a slice coordinate, at most; and how far off a vertex may be. */
  readonly steepness: number;
  readonly mostOff: number;
  /** By stage: regions after it, counted as blocks are done. */
  readonly regionsAfter: number[];
  exactDecisions: number;
}

/** Faces of a block: few enough that the values at its vertices stay in some megabytes. */
const MOST_VALUES = 2 ** 18;

/** Of the window's size. Vertices are placed by others, so that what is off grows; beyond this they are placed exactly. */
const MOST_OFF = 2 ** -8;

export function partitionRun(stages: Stages, slice: Slice, compute: Compute = plainCompute): PartitionRun {
  const [u, v] = slice.axes;
  return {
    stages,
    exact: exactNetwork(stages.network, slice),
    compute,
    steepness: u.reduce((most, value, i) => Math.max(most, Math.abs(value) + Math.abs(v[i]!)), 0),
    mostOff: MOST_OFF * largestOf(slice.window),
    regionsAfter: stages.list.map(() => 0),
    exactDecisions: 0,
  };
}

/** All regions, block by block, depth first: what is behind a block is done before the next is begun. null: a place to pause. */
export function* partitionBlocks(run: PartitionRun, slice: Slice, most = mostFaces(run.stages)): Generator<FinalBlock | null> {
  const lines = new Lines(run.stages, run.exact, slice.window);
  const shared = new SharedNames();
  yield* blocksBehind(run, windowBlock(slice.window, firstState(run, slice)), 0, lines, shared, most);
}

function* blocksBehind(
  run: PartitionRun,
  block: Block,
  l: number,
  lines: Lines,
  shared: SharedNames,
  most: number,
): Generator<FinalBlock | null> {
  const stage = run.stages.list[l]!;
  const inputs = inputsOf(run, block, l);
  if (stage.cuts === null) {
    yield { ...block, outputs: inputs, shared, lines };
    return;
  }
  const mark = lines.mark();
  const { mesh, names } = block;
  const settler = new ExactSettler(stage, mesh, lines, run.exact, block.level, block.levelFace);
  const given = mesh.vertices;
  const cutter = new MeshCutter({
    mesh,
    cuts: stage.cuts,
    inputs,
    settler,
    steepest: stage.growth * run.steepness,
    mostOff: run.mostOff,
  });
  const { signs } = cutter;
  let cut = yield* cutter.run();
  run.exactDecisions += settler.decisions;
  const { words } = signs;
  if (stage.cuts.rules.some(({ type }) => type === "pairs")) cut = dissolve(mesh, given, cut, words, stage);
  const level: Level = {
    stage: l,
    before: run.regionsAfter[l]!,
    parent: block.level,
    parentFace: cut.parents.map((face) => block.levelFace[face]!),
    words,
    faces: cut,
  };
  run.regionsAfter[l]! += cut.faces.length;
  const state = new Map([...block.state, [l, inputs]]);
  for (const part of splitBlock({ mesh, faces: cut.faces, level, given, names }, lines, shared, most)) {
    yield null;
    const behind = advance(run.stages, l, signs, state, part.vertices, run.compute);
    yield* blocksBehind(run, { ...part, state: behind }, l + 1, lines, shared, most);
  }
  lines.forget(mark);
}

/** The complete inputs of a stage: its constant part alone where nothing feeds it. */
function inputsOf({ stages }: PartitionRun, { mesh, state }: Block, l: number): GivenInputs {
  const known = state.get(l);
  if (known) return known;
  const constant = stages.constants[l]!;
  const rows = new Float64Array(mesh.vertices * constant.length);
  for (let v = 0; v < mesh.vertices; v++) rows.set(constant, v * constant.length);
  return {
    size: constant.length,
    rows,
    errors: new Float64Array(mesh.vertices).fill(2 * roundingBound(stages.list[l]!.roundings) * stages.list[l]!.constantSize),
  };
}

/** What the input feeds, at the window's corners: what is complete there is rounded from its exact value. */
function firstState({ stages, exact, compute }: PartitionRun, { origin, axes, window }: Slice): Map<number, GivenInputs> {
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
        return [stage, { size: width, rows, errors: Float64Array.from(exactRows, (row) => ROUNDOFF * largestOf(row)) }];
      }
      const constant = stages.constants[stage]!;
      const rows = spread.get(stage)!.map((value, i) => value + constant[i % width]!);
      const errors = largest.map(
        (size) => norm * 4 * ROUNDOFF * size + 2 * roundingBound(roundings) * (norm * size + stages.list[stage]!.constantSize),
      );
      return [stage, { size: width, rows, errors }];
    }),
  );
}

const largestOf = (values: Float64Array): number => values.reduce((most, value) => Math.max(most, Math.abs(value)), 0);

function mostFaces({ list }: Stages): number {
  const widest = Math.max(...list.map(({ size, cuts }) => Math.max(size, (cuts?.count ?? 0) / 16)));
  return Math.max(32, Math.min(4096, Math.floor(MOST_VALUES / widest)));
}
