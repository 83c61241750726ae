import type { Compute } from "@maso/core";
import { addDecisionBoundary } from "./boundary-of-block";
import { ComplexCollector, type LevelFaces } from "./collect-complex";
import type { ComplexArrays } from "./complex-arrays";
import { BoundarySegments, type Decision } from "./decision-boundary";
import { mendThinMaps } from "./mend-maps";
import { type NumbersList, wholes } from "./numbers-list";
import { levelPacker } from "./pack-level";
import { blocksOfPart, type FinalBlock, type Trunk } from "./partition-blocks";
import { freshRun, type PartitionRun } from "./partition-run";
import { largestOnInput } from "./slopes-of-faces";
import { afterLayers } from "./stage-layers";

/** The complex of one part of the trunk in flat arrays, as it travels between threads, and how it hangs together with other parts. */
export interface PartComplex extends ComplexArrays {
  readonly levels: readonly LevelFaces[];
  /** [layers, faces]: which of the part's regions after each layer a face lies in. */
  readonly regionOf: Int32Array;
  /** By layer. */
  readonly regionsAfter: readonly number[];
  /** (vertex, name) of what other parts may have too; names from `trunkVertices` on are explained by `onTrunk`. */
  readonly named: Int32Array;
  readonly trunkVertices: number;
  /** (name, edge, stage, cut, a, b). */
  readonly onTrunk: Int32Array;
  readonly trunkEdges: Int32Array;
  /** Decision boundary: (s0, t0, s1, t1) inside faces, and (edge, from, to) along edges. */
  readonly boundary: Float64Array;
  readonly boundaryAlong: Float64Array;
  readonly maxOutput: Float64Array;
  /** The largest spectral norms, squared, of A·axes and of A in the input's coordinates; null: it is not wanted. */
  readonly maxSliceSquare: number;
  readonly maxInputSquare: number | null;
  readonly exactDecisions: number;
}

/** What is wanted of each part. */
export interface PartJob {
  readonly run: PartitionRun;
  readonly outputs: number;
  readonly decision: Decision | null;
  readonly inputNorm: boolean;
  readonly compute: Compute;
}

/**
 * Cuts a part of the trunk to the end. Yields where it may pause; `onArea` hears of the area that is done. The result's arrays are those of
 * the collector, which may have been another part's.
 */
export function* partComplex(
  job: PartJob,
  trunk: Trunk,
  index: number,
  onArea: (area: number) => void,
  complex = new ComplexCollector(job.run),
): Generator<null, PartComplex> {
  const run = freshRun(job.run);
  complex.clear();
  const boundary = new BoundarySegments();
  const maxOutput = new Float64Array(job.outputs).fill(-Infinity);
  let shared: FinalBlock["shared"] | null = null;
  for (const block of blocksOfPart(run, trunk, index)) {
    if (block !== null) {
      yield null;
      shared = block.shared;
      onArea(addBlock(run, job.decision, block, complex, boundary, maxOutput));
    }
    yield null;
  }
  const maxSliceSquare = yield* mendThinMaps(run, complex);
  const maxInputSquare = job.inputNorm ? yield* largestOnInput(run, complex, job) : null;
  return {
    ...complex.arrays,
    ...regionsOf(run, trunk, complex),
    ...trunkNames(complex, shared),
    trunkEdges: complex.trunkEdges.values,
    boundary: boundary.inside.values,
    boundaryAlong: boundary.along.values,
    maxOutput,
    maxSliceSquare,
    maxInputSquare,
    exactDecisions: run.exactDecisions,
  };
}

/** Adds a block to a part's complex and its boundary. Gives its area. */
function addBlock(
  run: PartitionRun,
  decision: Decision | null,
  block: FinalBlock,
  complex: ComplexCollector,
  boundary: BoundarySegments,
  maxOutput: Float64Array,
): number {
  const first = complex.faces;
  const halfOf = complex.add(block);
  raise(maxOutput, block.outputs.rows);
  if (decision) addDecisionBoundary(boundary, run, block, decision, halfOf);
  return sumOf(complex.areas.data, first, complex.faces);
}

function sumOf(numbers: Float64Array, from: number, to: number): number {
  let sum = 0;
  for (let i = from; i < to; i++) sum += numbers[i]!;
  return sum;
}

function raise(most: Float64Array, rows: Float64Array): void {
  const size = most.length;
  for (let row = 0; row < rows.length; row += size) for (let k = 0; k < size; k++) if (rows[row + k]! > most[k]!) most[k] = rows[row + k]!;
}

function trunkNames(
  { named }: ComplexCollector,
  shared: FinalBlock["shared"] | null,
): Pick<PartComplex, "named" | "trunkVertices" | "onTrunk"> {
  const trunkVertices = shared?.trunkVertices ?? 0;
  const onTrunk = shared?.onTrunk.values ?? new Int32Array(0);
  const pairs = wholes();
  for (let name = 0; name < trunkVertices; name++) pushNamed(named, name, pairs);
  for (let i = 0; i < onTrunk.length; i += 6) pushNamed(named, onTrunk[i]!, pairs);
  return { named: pairs.values, trunkVertices, onTrunk };
}

/** Pushes the vertex of a name, and the name, if there is one. */
function pushNamed(named: NumbersList<Int32Array>, name: number, pairs: NumbersList<Int32Array>): void {
  const v = name < named.length ? named.data[name]! : -1;
  if (v < 0) return;
  pairs.push(v);
  pairs.push(name);
}

/** Regions of the trunk have its numbers in all parts, others those of the part. */
function regionsOf(
  { layers, scratch, regionsAfter, faceBits }: PartitionRun,
  trunk: Trunk,
  { levels, faces }: ComplexCollector,
): Pick<PartComplex, "levels" | "regionOf" | "regionsAfter"> {
  const regionOf = new Int32Array(layers.list.length * faces);
  for (const { level, levelFace, first } of levels) {
    const count = levelFace.length;
    const faceOf = scratch.whole("faces of levels", count);
    faceOf.set(levelFace);
    for (let at = level; at !== null; at = at.parent) {
      const { layer, isLast } = layers.stages[at.stage]!;
      if (isLast) writeRegions(count, faceOf, at.before, layer * faces + first, regionOf);
      toParents(count, faceOf, at.parentFace);
    }
  }
  const packed = levelPacker(trunk.level, faceBits);
  return {
    levels: levels.map(({ level, ...rest }) => ({ level: packed(level), ...rest })),
    regionOf,
    regionsAfter: afterLayers(layers, regionsAfter),
  };
}

function writeRegions(count: number, faceOf: Int32Array, before: number, at: number, regionOf: Int32Array): void {
  for (let i = 0; i < count; i++) regionOf[at + i] = before + faceOf[i]!;
}

function toParents(count: number, faceOf: Int32Array, parentFace: Int32Array): void {
  for (let i = 0; i < count; i++) faceOf[i] = parentFace[faceOf[i]!]!;
}
