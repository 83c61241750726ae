import type { Quantizer } from "@maso/core";
import type { Tensor2D } from "@tensorflow/tfjs-core";
import type { Constants } from "../constants";
import { callKernel, callSelect } from "../kernels/call-kernel";
import type { KernelInputs, UnitAttributes } from "../kernels/kernel";
import type { BackendName } from "../kernels/register-kernels";
import { unitTables } from "./unit-tables";

/** What units are held at: the local map holds pieces and weights, the derivative lets the weights of soft units move. */
export type Freezing = "local-map" | "derivative";

/** A quantizer on tensors: v is [rows, inputSize], all inputs joined. */
export interface BulkQuantizer {
  /** [rows, units]. */
  values(v: Tensor2D): Tensor2D;
  /** The pieces that are selected, packed: [rows, words]. */
  code(v: Tensor2D): Tensor2D;
  /** Of hard units, the code and the values. */
  select(v: Tensor2D): readonly [code: Tensor2D, values: Tensor2D];
  /** The units made affine at v: packed codes of hard units, slopes and offsets of soft ones. */
  freeze(v: Tensor2D, freezing: Freezing): Tensor2D;
  /** Frozen units at v, `group` rows for each frozen row; with offsets what the units give, without the linear part. */
  apply(v: Tensor2D, frozen: Tensor2D, group: number, withOffsets: boolean): Tensor2D;
  /** The adjoint of the linear part. */
  adjoint(u: Tensor2D, frozen: Tensor2D, group: number): Tensor2D;
  readonly hard: boolean;
}

export function bulkQuantizer(quantizer: Quantizer, constants: Constants, backend: BackendName): BulkQuantizer {
  const { spec, reads, table, selectors, eta, runs } = unitTables(quantizer);
  const hard = eta === null;
  const held: Omit<KernelInputs, "v"> = {
    ...(reads && { reads: constants.integers(reads) }),
    ...(table && { table: constants.floats(table) }),
    ...(selectors && { selectors: constants.floats(selectors) }),
    ...(eta && { eta: constants.floats(eta) }),
    ...(runs && backend === "wasm" && { runStarts: constants.integers(runs.starts), runPlaces: constants.integers(runs.reads) }),
  };
  const readers = backend === "webgpu" && reads ? readersOf(reads, spec.inputSize, constants) : {};
  const attributes: UnitAttributes = { spec, group: 1, withOffsets: false, derivative: false };
  const frozenInput = (frozen: Tensor2D): Partial<KernelInputs> => (hard ? { code: frozen } : { slopes: frozen });
  const apply: BulkQuantizer["apply"] = (v, frozen, group, withOffsets) =>
    callKernel(hard ? "MasoApplyCode" : "MasoApplySlopes", { v, ...held, ...frozenInput(frozen) }, { ...attributes, group, withOffsets });
  const code = (v: Tensor2D): Tensor2D => callKernel("MasoCode", { v, ...held }, attributes);
  return {
    hard,
    values: (v) => callKernel("MasoValues", { v, ...held }, attributes),
    code,
    select: (v) => {
      if (backend === "wasm") return callSelect({ v, ...held }, attributes);
      const own = code(v);
      return [own, apply(v, own, 1, true)];
    },
    freeze: (v, freezing) =>
      hard ? code(v) : callKernel("MasoSlopes", { v, ...held }, { ...attributes, derivative: freezing === "derivative" }),
    apply,
    // Units that read the value of their own number send it back there.
    adjoint: (u, frozen, group) =>
      reads === null
        ? callKernel(hard ? "MasoApplyCode" : "MasoApplySlopes", { v: u, ...held, ...frozenInput(frozen) }, { ...attributes, group })
        : callKernel(
            hard ? "MasoAdjointCode" : "MasoAdjointSlopes",
            { v: u, ...held, ...readers, ...frozenInput(frozen) },
            { ...attributes, group },
          ),
  };
}

/** By value, the places in `reads` that name it: what a kernel needs that gathers an adjoint. */
function readersOf(reads: Int32Array, inputSize: number, constants: Constants): Pick<KernelInputs, "rowStart" | "indices"> {
  const rowStart = new Int32Array(inputSize + 1);
  for (const j of reads) if (j >= 0) rowStart[j + 1]!++;
  for (let j = 0; j < inputSize; j++) rowStart[j + 1]! += rowStart[j]!;
  const filled = rowStart.slice();
  const indices = new Int32Array(Math.max(1, rowStart[inputSize]!));
  reads.forEach((j, at) => {
    if (j >= 0) indices[filled[j]!++] = at;
  });
  return { rowStart: constants.integers(rowStart), indices: constants.integers(indices) };
}
