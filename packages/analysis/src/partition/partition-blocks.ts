import { advance } from "./advance";
import { type Block, SharedNames, windowBlock } from "./block";
import { MeshCutter } from "./cut-mesh";
import { dissolve } from "./dissolve";
import { evenRuns, partRuns } from "./face-runs";
import type { BoundedRows } from "./given-inputs";
import type { Level } from "./level";
import { Lines } from "./lines";
import { firstState, inputsOf, type PartitionRun } from "./partition-run";
import { ExactSettler } from "./settle";
import { SplitBlock } from "./split-block";
import type { SignBits, VertexSigns } from "./vertex-signs";

/** A block after the last stage: regions, with the network's outputs at their vertices. */
export interface FinalBlock extends Omit<Block, "state"> {
  readonly outputs: BoundedRows;
  readonly shared: SharedNames;
  readonly lines: Lines;
}

/**
 * The first stages cut the window as one block, until there are faces enough to be cut further by runs of them, its parts, each by
 * itself. The same in every thread.
 */
export interface Trunk {
  readonly parts: readonly ((run: PartitionRun) => Generator<null, Block>)[];
  /** Where each part begins in the trunk's faces, and the last ends. */
  readonly starts: ArrayLike<number>;
  /** The stage that cuts the parts, and the regions that they are parts of. */
  readonly stage: number;
  readonly level: Level | null;
  readonly shared: SharedNames;
  readonly lines: Lines;
}

export function* growTrunk(run: PartitionRun): Generator<null, Trunk> {
  const { stages, exact, slice } = run;
  const lines = new Lines(stages, exact, slice.window);
  const shared = new SharedNames();
  let grown: Omit<Trunk, "stage"> = { parts: [firstBlock], starts: [0, 1], level: null, shared, lines };
  for (let stage = 0; ; stage++) {
    const [block, more] = grown.parts as [Trunk["parts"][number], unknown];
    if (more || stages.list[stage]!.cuts === null) return { ...grown, stage };
    const { level, parts, starts } = yield* cutBlock(run, yield* block(run), stage, lines, shared, partRuns);
    grown = { parts, starts, level, shared, lines };
  }
}

function* firstBlock(run: PartitionRun): Generator<null, Block> {
  yield null;
  return windowBlock(run.slice.window, firstState(run));
}

/** All regions of a part of the trunk, block by block, depth first: what is behind a block is done before the next is begun. null: a place to pause. */
export function* blocksOfPart(run: PartitionRun, trunk: Trunk, index: number): Generator<FinalBlock | null> {
  const shared = new SharedNames(trunk.shared);
  const mark = trunk.lines.mark();
  const block = yield* trunk.parts[index]!(run);
  yield* blocksBehind(run, block, trunk.stage, trunk.lines, shared);
  if (trunk.stage > 0) giveBack(run, block);
  trunk.lines.forget(mark);
}

function* blocksBehind(run: PartitionRun, block: Block, l: number, lines: Lines, shared: SharedNames): Generator<FinalBlock | null> {
  if (run.stages.list[l]!.cuts === null) {
    yield { ...block, outputs: inputsOf(run, block.mesh, block.state, l), shared, lines };
    return;
  }
  const mark = lines.mark();
  const { parts, signs } = yield* cutBlock(run, block, l, lines, shared, evenRuns);
  for (const part of parts) {
    const behind = yield* part(run);
    yield* blocksBehind(run, behind, l + 1, lines, shared);
    giveBack(run, behind);
  }
  run.signBits.push(signs);
  lines.forget(mark);
}

/** Lets the memory of a block that is done be used again. */
function giveBack({ rows: kernels, meshes }: PartitionRun, { mesh, state }: Block): void {
  meshes.push(mesh);
  for (const { rows } of state.values()) kernels.give(rows);
}

/** Cuts a block by one stage, and takes it apart into runs of faces. */
function* cutBlock(
  run: PartitionRun,
  block: Block,
  l: number,
  lines: Lines,
  shared: SharedNames,
  runs: (faces: number, most: number) => Int32Array,
): Generator<null, Pick<Trunk, "parts" | "starts"> & { readonly level: Level; readonly signs: SignBits }> {
  const { stages, steepness, mostOff } = run;
  const { mesh, names } = block;
  const stage = stages.list[l]!;
  const cuts = stage.cuts!;
  const inputs = inputsOf(run, mesh, block.state, l);
  const settler = new ExactSettler(stage, mesh, lines, block.level, block.levelFace);
  const given = mesh.vertices;
  const cutter = new MeshCutter({
    mesh,
    cuts,
    inputs,
    settler,
    steepest: stage.growth * steepness,
    mostOff,
    kernels: run.rows,
    unused: run.signBits.pop(),
    faceBits: run.faceBits.pop(),
  });
  const { signs } = cutter;
  let cut = yield* cutter.run();
  yield null;
  run.exactDecisions += settler.decisions;
  if (cuts.rules.some(({ type }) => type === "pairs")) cut = dissolve(mesh, given, cut, signs.words, stage, lines);
  const { faces, parents, positive, negative, winners } = cut;
  const level: Level = {
    stage: l,
    before: run.regionsAfter[l]!,
    parent: block.level,
    parentFace: parents.map((face) => block.levelFace[face]!),
    words: signs.words,
    faces: { positive, negative, winners },
  };
  run.regionsAfter[l]! += faces.length;
  const state = new Map([...block.state, [l, inputs]]);
  const starts = runs(faces.length, run.mostFaces[l]!);
  const split = new SplitBlock({ mesh, faces, level, given, names }, lines, shared, starts, run.scratch);
  return {
    level,
    signs,
    starts,
    parts: Array.from({ length: starts.length - 1 }, (_, index) => (run: PartitionRun) => partOf(run, l, split, index, signs, state)),
  };
}

/** A part of a block that a stage has cut, with the inputs of later stages at its vertices. */
function* partOf(
  run: PartitionRun,
  l: number,
  split: SplitBlock,
  index: number,
  signs: VertexSigns,
  state: Block["state"],
): Generator<null, Block> {
  yield null;
  const { vertices, mesh, level, levelFace, names } = split.take(index, run.extractor, run.meshes);
  return { mesh, level, levelFace, names, state: yield* advance(run, l, signs, state, vertices) };
}
