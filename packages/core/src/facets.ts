import type { LayerCode } from "./code";
import { applyFrozen } from "./frozen-units";
import { adjointFrom, type Linearization } from "./linearization";
import { localMap } from "./local-map";
import { MasoError } from "./maso-error";
import { inputSize, type Network } from "./network";
import { pieceExists } from "./quantizer";
import { applyAffine, type ComputeOptions, computeOf, joinRows, run, splitRows } from "./run";
import { type Rows, rowsOf, type Shape } from "./shape";
import { type Units, unitsOf } from "./units";

/** Half-spaces that hold throughout a region: normals[f]·x + offsets[f] ≥ 0. One per unit and piece that it does not use. */
export interface Facets {
  readonly node: number;
  /** The unit and the losing piece of each facet. */
  readonly units: Int32Array;
  readonly pieces: Int32Array;
  /** [facets, inputs]. */
  readonly normals: Rows;
  readonly offsets: Float64Array;
}

const BLOCK_VALUES = 2 ** 22;

/**
 * The half-spaces whose intersection is the region (all units' codes fixed) of one point x, in blocks, in the network's order:
 * selector of the piece used minus selector of each other piece, as affine functions of the input. Throws "soft" for a soft network.
 */
export function* facets(network: Network, x: Rows, options?: ComputeOptions): Generator<Facets> {
  if (rowsOf("facets", x, inputSize(network)) !== 1) throw new MasoError("shape", "facets: needs one point, [1, inputs]");
  const { code, linearization } = localMap(network, x, options);
  const soft = code.layers.find(({ weights }) => weights !== null);
  if (soft) throw new MasoError("soft", `facets: ${soft.id} is soft and has no regions; harden the network (beta 1) first`);
  const origins = frozenInputsAtZero(linearization);
  for (const layer of code.layers) yield* layerFacets(linearization, layer, origins[layer.node]!);
}

/** For each quantizer, what its frozen sources give at x = 0: their part of b[x]. */
function frozenInputsAtZero({ network, frozen, options }: Linearization): Rows[] {
  const compute = computeOf(options);
  const origins: Rows[] = [];
  const zero = splitRows(new Float64Array(inputSize(network)), network.inputs);
  run(network, network.output, zero, ({ op }, sources, index) => {
    if (op.type === "affine") return applyAffine(op, sources, compute);
    origins[index] = joinRows(sources, op.inputs);
    return applyFrozen(frozen[index]!, origins[index], 0, 1, true);
  });
  return origins;
}

function* layerFacets(linearization: Linearization, { node, choice }: LayerCode, origin: Rows): Generator<Facets> {
  const { op, from } = linearization.network.nodes[node]!;
  if (op.type !== "quantizer") return;
  const units = unitsOf(op);
  const losers = losingPieces(units, choice);
  const step = Math.max(1, Math.floor(BLOCK_VALUES / units.inputSize));
  for (let start = 0; start < losers.length; start += step) {
    const block = losers.slice(start, start + step);
    yield { node, ...facetBlock(linearization, from, op.inputs, units, choice, block, origin) };
  }
}

function losingPieces(units: Units, choice: LayerCode["choice"]): [unit: number, piece: number][] {
  const losers: [number, number][] = [];
  for (let k = 0; k < units.count; k++)
    for (let r = 0; r < units.pieces; r++) if (r !== choice[k] && pieceExists(units, k, r)) losers.push([k, r]);
  return losers;
}

function facetBlock(
  linearization: Linearization,
  from: readonly number[],
  shapes: readonly Shape[],
  units: Units,
  choice: LayerCode["choice"],
  block: readonly [number, number][],
  origin: Rows,
): Omit<Facets, "node"> {
  const differences = new Float64Array(block.length * units.inputSize);
  const offsets = new Float64Array(block.length);
  block.forEach(([k, r], f) => {
    const difference = differences.subarray(f * units.inputSize, (f + 1) * units.inputSize);
    offsets[f] = addSelector(units, k, choice[k]!, 1, difference) + addSelector(units, k, r, -1, difference);
    for (let i = 0; i < difference.length; i++) offsets[f]! += difference[i]! * origin[i]!;
  });
  const seeds = splitRows(differences, shapes).map((u, i) => ({ source: from[i]!, u }));
  return {
    units: Int32Array.from(block, ([k]) => k),
    pieces: Int32Array.from(block, ([, r]) => r),
    normals: adjointFrom(linearization, seeds, 0, block.length),
    offsets,
  };
}

/** Adds sign · (slopes of a selector) to the values it reads and returns sign · offset. */
function addSelector({ selectors, selectorSign, reads, arity, pieces }: Units, k: number, r: number, sign: number, into: Rows): number {
  const at = (i: number): number => (reads === null ? k : reads[k * arity + i]!);
  if (selectors === null) {
    into[at(r)]! += sign * selectorSign;
    return 0;
  }
  const row = (k % selectors.rows) * pieces + r;
  for (let i = 0; i < arity; i++) if (at(i) >= 0) into[at(i)]! += sign * selectors.slopes[row * arity + i]!;
  return sign * selectors.offsets[row]!;
}
