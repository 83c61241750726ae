import {
  type AffineOperator,
  type Compute,
  inputSize,
  type Network,
  type Quantizer,
  quantize,
  roundingBound,
  type SparseVector,
  sizeOf,
  sourceShape,
  unitsOf,
} from "@maso/core";
import type { Column, Columns } from "@maso/core/compute";
import type { CutNames } from "./cut-names";
import type { Cuts } from "./cuts";
import { atCorner, cutsOn } from "./cuts-on-slice";
import { FaceClasses } from "./face-classes";
import { joinRows, splitRows } from "./join-rows";
import { liveLinear } from "./live-products";
import { longestRow, magnitude, mostTerms } from "./operator-norms";
import type { Slice } from "./slice";
import { sparseSpread } from "./sparse-spread";
import { valueNumbers } from "./value-numbers";

/**
 * One quantizer of a network on the way from the input to the output, and what its outputs add to what comes later. A point's state
 * before stage l is the joined inputs of stage l, complete, and those of later stages as far as earlier ones feed them (skips).
 */
export interface Stage {
  /** Index into network.nodes; −1 for the network's output, which is the last stage and has no cuts. */
  readonly node: number;
  readonly id: string;
  readonly quantizer: Quantizer | null;
  /** The number of joined inputs. */
  readonly size: number;
  readonly cuts: Cuts | null;
  /** Largest |slope| of any piece, summed over what a unit reads. */
  readonly steepness: number;
  /** Largest |offset| of any piece. */
  readonly offset: number;
  /** Roundings that an input of the stage meets at most since the quantizers or the input before it. */
  readonly roundings: number;
  /** Largest Σ|terms| behind a constant part of its inputs, which may cancel out. */
  readonly constantSize: number;
  /** How much an input of the stage changes at most where no value of the network's input changes by more than 1. */
  readonly growth: number;
  readonly targets: readonly Target[];
}

/** A later stage whose inputs read this one's outputs through affine operators alone. */
export interface Target {
  readonly stage: number;
  /** Whether nothing earlier than this one feeds it: then the constant part is added here. */
  readonly isFirst: boolean;
  /** Largest row sum of the absolute entries of the linear map, and how many roundings an entry of the product takes. */
  readonly norm: number;
  /** Largest Euclidean norm of a row, or `norm` where that is not known. */
  readonly norm2: number;
  readonly roundings: number;
  /** The linear map, [inputs there, outputs here], where it is one dense matrix. */
  readonly weight: Float64Array | null;
}

export interface Stages {
  readonly network: Network;
  readonly list: readonly Stage[];
  /** What the input feeds, as a stage without cuts whose outputs are the input itself. */
  readonly input: Pick<Stage, "targets">;
  /** Proves ties all over a face. */
  readonly faceClasses: FaceClasses;
  /** By stage: its joined inputs at input 0 with all quantizers giving 0. */
  readonly constants: readonly Float64Array[];
  /** The linear parts of a stage's targets (−1: the input) for rows of its outputs. */
  spread(stage: number, outputs: Float64Array, compute: Compute): ReadonlyMap<number, Float64Array>;
  /** What each output of a stage adds to a later one; null where it adds nothing. The same object each time. */
  columns(stage: number, target: number): Columns;
  /** The outputs of a stage for rows of its joined inputs. */
  apply(stage: number, inputs: Float64Array, compute: Compute): Float64Array;
}

/** The stages that the output of a hard, continuous network depends on, everywhere or on a slice. Yields where it may pause. Throws "soft", "discontinuous" or "non-finite". */
export function* stagesOf(network: Network, compute: Compute, slice: Slice | null = null): Generator<null, Stages> {
  const nodes = neededNodes(network);
  const numbers = yield* valueNumbers(network, nodes, slice);
  const exactSigns = slice && atCorner(network, slice);
  const quantizers = nodes.filter((n) => network.nodes[n]!.op.type === "quantizer");
  const ends = [...quantizers, -1];
  const stageOf = new Map(ends.map((n, l) => [n, l]));
  const joined = (n: number): readonly number[] => (n < 0 ? [network.output] : network.nodes[n]!.from);
  const sizes = ends.map((n) => joined(n).reduce((total, source) => total + sizeOf(sourceShape(network, source)), 0));
  const constants = spreadFrom(null, null, true);
  const constantTerms = spreadFrom(null, null, true, true);
  /** By stage, target and output of the stage. */
  const columns: (Column | null)[][][] = ends.map(() => []);
  const columnsTo: Columns[][] = ends.map(() => []);
  const fed = new Set<number>();
  const input = { targets: targetsOf(-1) };
  const growths = ends.map(() => 0);
  for (const { stage, norm } of input.targets) growths[stage]! += norm;
  const list: Stage[] = [];
  const named: CutNames = new Map();
  for (const [l, n] of ends.entries()) {
    yield null;
    const op = n < 0 ? null : (network.nodes[n]!.op as Quantizer);
    const targets = op ? targetsOf(l) : [];
    for (const { stage, norm } of targets) growths[stage]! += norm * steepness(op!) * growths[l]!;
    yield null;
    list.push({
      node: n,
      id: n < 0 ? "output" : network.nodes[n]!.id,
      quantizer: op,
      size: sizes[l]!,
      cuts: op && cutsOn(network, n, numbers, exactSigns, named),
      steepness: op ? steepness(op) : 0,
      offset: op ? largestOf(unitsOf(op).table?.offsets ?? []) : 0,
      roundings: roundingsTo(l),
      constantSize: largestOf(constantTerms.get(l) ?? []) * (1 + roundingBound(4 * roundingsTo(l))),
      growth: growths[l]!,
      targets,
    });
  }
  return {
    network,
    list,
    input,
    faceClasses: new FaceClasses(network, numbers, list),
    constants: ends.map((_, l) => constants.get(l) ?? new Float64Array(sizes[l]!)),
    spread: (stage, outputs) => spreadFrom(stage, outputs, false),
    columns: (stage, target) => {
      columnsTo[stage]![target] ??= {
        count: unitsOf(list[stage]!.quantizer!).count,
        matrix: list[stage]!.targets.find((each) => each.stage === target)?.weight ?? null,
        at: (j) => column(stage, j, target),
      };
      return columnsTo[stage]![target]!;
    },
    apply: (stage, inputs, computeWith) => quantize(list[stage]!.quantizer!, inputs, { compute: computeWith }).values,
  };

  /** Runs the affine operators behind a stage's outputs (or behind constants alone) and joins what reaches each stage. */
  function spreadFrom(stage: number | null, outputs: Float64Array | null, withBias: boolean, absolute = false): Map<number, Float64Array> {
    const values = new Map<number, Float64Array>();
    let rows = 1;
    if (stage === -1) {
      rows = outputs!.length / inputSize(network);
      splitRows(network.inputs, outputs!, rows).forEach((part, i) => values.set(i, part));
    } else if (stage !== null) {
      const source = network.inputs.length + ends[stage]!;
      rows = outputs!.length / sizeOf(sourceShape(network, source));
      values.set(source, outputs!);
    }
    const result = new Map<number, Float64Array>();
    const filled = (source: number): Float64Array => values.get(source) ?? new Float64Array(rows * sizeOf(sourceShape(network, source)));
    const collect = (l: number, sources: readonly number[]): void => {
      if (sources.some((source) => values.has(source))) result.set(l, joinRows(sources.map(filled), rows));
    };
    for (const n of nodes) {
      const { op, from } = network.nodes[n]!;
      if (op.type === "quantizer") {
        collect(stageOf.get(n)!, from);
        continue;
      }
      const hasBias = withBias && op.bias.some((value) => value !== 0);
      if (!hasBias && !from.some((source) => values.has(source))) continue;
      const parts = from.map(filled);
      let value = absolute ? magnitude(op, parts, rows, compute) : liveLinear(op, parts, rows, compute);
      const bias = (i: number): number => (absolute ? Math.abs(op.bias[i % op.bias.length]!) : op.bias[i % op.bias.length]!);
      if (hasBias) value = value.map((entry, i) => entry + bias(i));
      values.set(network.inputs.length + n, value);
    }
    collect(ends.length - 1, [network.output]);
    return result;
  }

  function targetsOf(stage: number): readonly Target[] {
    const size = stage < 0 ? inputSize(network) : unitsOf(network.nodes[ends[stage]!]!.op as Quantizer).count;
    const reach = spreadFrom(stage, new Float64Array(size).fill(1), false, true);
    return [...reach].map(([l, sums]) => {
      const isFirst = !fed.has(l);
      fed.add(l);
      const roundings = roundingsTo(l);
      const norm = sums.reduce((a, b) => Math.max(a, b), 0) * (1 + roundingBound(4 * roundings));
      const source = stage < 0 ? -1 : network.inputs.length + ends[stage]!;
      const between = operatorBetween(joined(ends[l]!), source);
      return {
        stage: l,
        isFirst,
        norm,
        norm2: Math.min(norm, between ? longestRow(between) : Infinity),
        roundings,
        weight: between?.form?.type === "matrix" && between.form.columns === size ? between.form.weight : null,
      };
    });
  }

  /** The one operator between a source and what is read; null where there are others. */
  function operatorBetween(sources: readonly number[], source: number): AffineOperator | null {
    const node = sources.length === 1 ? network.nodes[sources[0]! - network.inputs.length] : undefined;
    return node?.op.type === "affine" && node.from.length === 1 && node.from[0] === source ? node.op : null;
  }

  /** How many roundings an input of a stage meets at most since the quantizers or the input before it. */
  function roundingsTo(l: number): number {
    const until = (source: number): number => {
      const node = network.nodes[source - network.inputs.length];
      if (node === undefined || node.op.type === "quantizer") return 0;
      return Math.max(...node.from.map(until)) + mostTerms(node.op) + 2;
    };
    return Math.max(4, ...joined(ends[l]!).map(until));
  }

  function column(stage: number, j: number, target: number): Column | null {
    const known = columns[stage]![target]?.[j];
    if (known !== undefined) return known;
    const source = network.inputs.length + ends[stage]!;
    const direct = operatorBetween(joined(ends[target]!), source);
    if (direct) {
      keepColumn(stage, target, j, direct.column(j));
      return columns[stage]![target]![j]!;
    }
    const found = sparseSpread(network, nodes, stageOf, source, j, ends.length - 1);
    for (let l = 0; l < ends.length; l++) keepColumn(stage, l, j, found.get(l));
    return columns[stage]![target]![j]!;
  }

  function keepColumn(stage: number, target: number, j: number, vector: SparseVector | undefined): void {
    columns[stage]![target] ??= [];
    columns[stage]![target]![j] = vector && vector.indices.length > 0 ? { ...vector, largest: largestOf(vector.values) } : null;
  }
}

function neededNodes({ inputs, nodes, output }: Network): readonly number[] {
  const needed = new Set<number>();
  const open = [output];
  for (let at = open.pop(); at !== undefined; at = open.pop()) {
    const n = at - inputs.length;
    if (n < 0 || needed.has(n)) continue;
    needed.add(n);
    open.push(...nodes[n]!.from);
  }
  return [...needed].sort((a, b) => a - b);
}

function largestOf(values: ArrayLike<number>): number {
  let most = 0;
  for (let i = 0; i < values.length; i++) most = Math.max(most, Math.abs(values[i]!));
  return most;
}

/** The largest sum of |slopes| of a piece. */
function steepness(quantizer: Quantizer): number {
  const { table } = unitsOf(quantizer);
  if (table === null) return 1;
  let most = 0;
  for (let row = 0; row < table.rows * table.pieces; row++) {
    let sum = 0;
    for (let i = 0; i < table.arity; i++) sum += Math.abs(table.slopes[row * table.arity + i]!);
    most = Math.max(most, sum);
  }
  return most;
}
