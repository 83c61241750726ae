import { applyFrozen, applyFrozenAdjoint, type FrozenUnits } from "./frozen-units";
import { MasoError } from "./maso-error";
import { inputSize, type Network, outputShape, sourceShape } from "./network";
import { applyAffine, type ComputeOptions, computeOf, inBlocks, joinRows, run, runBack, splitRows } from "./run";
import { type Rows, rowsOf, sizeOf } from "./shape";

/** A network whose quantizers are frozen at each of `rows` points: one affine map per point. */
export interface Linearization {
  readonly network: Network;
  readonly rows: number;
  /** By node; undefined for affine operators. */
  readonly frozen: readonly (FrozenUnits | undefined)[];
  readonly options: ComputeOptions | undefined;
}

/** A v (plus b with offsets): v is [rows · g, inputs], g consecutive rows for each point; the result [rows · g, outputs]. */
export function applyLinearization(linearization: Linearization, v: Rows, withOffsets: boolean): Rows {
  const { network, frozen, options } = linearization;
  const compute = computeOf(options);
  const size = inputSize(network);
  const group = groupOf(linearization, rowsOf("linear", v, size));
  return inBlocks(network, rowsOf("linear", v, size), sizeOf(outputShape(network)), (from, to) =>
    run(network, network.output, splitRows(v.subarray(from * size, to * size), network.inputs), ({ op }, sources, index) => {
      if (op.type === "quantizer") return applyFrozen(frozen[index]!, joinRows(sources, op.inputs), from, group, withOffsets);
      return withOffsets ? applyAffine(op, sources, compute) : op.linear(sources, compute);
    }),
  );
}

/** Aᵀ u: u is [rows · g, outputs], the result [rows · g, inputs]. */
export function applyAdjoint(linearization: Linearization, u: Rows): Rows {
  const { network } = linearization;
  const size = sizeOf(outputShape(network));
  const rows = rowsOf("adjoint", u, size);
  const group = groupOf(linearization, rows);
  return inBlocks(network, rows, inputSize(network), (from, to) =>
    adjointFrom(linearization, [{ source: network.output, u: u.subarray(from * size, to * size) }], from, group),
  );
}

/** The adjoint from values at any sources; row i of the seeds belongs to point ⌊(firstRow + i) / group⌋. */
export function adjointFrom(
  { network, frozen, options }: Linearization,
  seeds: readonly { readonly source: number; readonly u: Rows }[],
  firstRow: number,
  group: number,
): Rows {
  const compute = computeOf(options);
  const { source, u } = seeds[0]!;
  const rows = u.length / sizeOf(sourceShape(network, source));
  const parts = runBack(network, seeds, ({ op }, u, index) =>
    op.type === "affine" ? op.adjoint(u, compute) : splitRows(applyFrozenAdjoint(frozen[index]!, u, firstRow, group), op.inputs),
  );
  return joinRows(
    network.inputs.map((shape, i) => parts[i] ?? new Float64Array(rows * sizeOf(shape))),
    network.inputs,
  );
}

function groupOf({ rows: points }: Linearization, rows: number): number {
  const group = rows / points;
  if (!Number.isInteger(group)) throw new MasoError("shape", `linearization: ${rows} rows need to be a multiple of its ${points} points`);
  return group;
}
