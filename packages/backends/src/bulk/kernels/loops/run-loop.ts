import type { KernelName, SparseAttributes, UnitAttributes } from "../kernel";
import type { UnitArrays } from "../unit-spec";
import { adjointCode } from "./adjoint-code";
import { adjointSlopes } from "./adjoint-slopes";
import { applyCode } from "./apply-code";
import { applySlopes } from "./apply-slopes";
import { code } from "./code";
import { slopes } from "./slopes";
import { sparse } from "./sparse";
import { values } from "./values";

/** The values of a kernel's inputs. */
export interface LoopArrays extends UnitArrays {
  readonly v: Float32Array;
  readonly code: Int32Array | null;
  readonly slopes: Float32Array | null;
  readonly rowStart: Int32Array | null;
  readonly indices: Int32Array | null;
  readonly entries: Float32Array | null;
}

type Loop<Attributes> = (out: Float32Array, arrays: LoopArrays, attributes: Attributes) => void;

/** One loop per kernel that makes floats of units: the compiler checks that none is missing. */
const loops: { readonly [Name in Exclude<KernelName, "MasoCode" | "MasoSparse">]: Loop<UnitAttributes> } = {
  MasoValues: (out, arrays, { spec }) => values(out, arrays.v, spec, arrays),
  MasoSlopes: (out, arrays, { spec, derivative }) => slopes(out, arrays.v, spec, arrays, derivative),
  MasoApplyCode: (out, arrays, { spec, group, withOffsets }) => applyCode(out, arrays.v, arrays.code!, spec, arrays, group, withOffsets),
  MasoAdjointCode: (out, arrays, { spec, group }) => adjointCode(out, arrays.v, arrays.code!, spec, arrays, group),
  MasoApplySlopes: (out, arrays, { spec, group, withOffsets }) =>
    applySlopes(out, arrays.v, arrays.slopes!, spec, arrays, group, withOffsets),
  MasoAdjointSlopes: (out, arrays, { spec, group }) => adjointSlopes(out, arrays.v, arrays.slopes!, spec, arrays, group),
};

/** Runs a kernel as a plain loop: what every faster one is tested against. */
export function runLoop(
  name: KernelName,
  out: Float32Array | Int32Array,
  arrays: LoopArrays,
  attributes: UnitAttributes | SparseAttributes,
): void {
  if (!("spec" in attributes))
    sparse(out as Float32Array, arrays.v, arrays.rowStart!, arrays.indices!, arrays.entries, attributes.size, attributes.channels);
  else if (out instanceof Int32Array) code(out, arrays.v, attributes.spec, arrays);
  else loops[name as keyof typeof loops](out, arrays, attributes);
}
