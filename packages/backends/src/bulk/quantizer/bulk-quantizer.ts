import type { Quantizer } from "@maso/core";
import type { Tensor2D } from "@tensorflow/tfjs-core";
import type { Constants } from "../constants";
import { callKernel } from "../kernels/call-kernel";
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
  return {
    hard,
    values: (v) => callKernel("MasoValues", { v, ...held }, attributes),
    code: (v) => callKernel("MasoCode", { v, ...held }, attributes),
    freeze: (v, freezing) =>
      hard
        ? callKernel("MasoCode", { v, ...held }, attributes)
        : callKernel("MasoSlopes", { v, ...held }, { ...attributes, derivative: freezing === "derivative" }),
    apply: (v, frozen, group, withOffsets) =>
      callKernel(hard ? "MasoApplyCode" : "MasoApplySlopes", { v, ...held, ...frozenInput(frozen) }, { ...attributes, group, withOffsets }),
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
