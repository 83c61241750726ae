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

/** Runs a kernel as a plain loop: what every faster one is tested against. */
export function runLoop(
  name: KernelName,
  out: Float32Array | Int32Array,
  arrays: LoopArrays,
  attributes: UnitAttributes | SparseAttributes,
): void {
  if (out instanceof Int32Array) return code(out, arrays.v, (attributes as UnitAttributes).spec, arrays);
  if (!("spec" in attributes)) {
    const { size, channels } = attributes;
    return sparse(out, arrays.v, arrays.rowStart!, arrays.indices!, arrays.entries, size, channels);
  }
  const { spec, group, withOffsets, derivative } = attributes;
  switch (name) {
    case "MasoValues":
      return values(out, arrays.v, spec, arrays);
    case "MasoSlopes":
      return slopes(out, arrays.v, spec, arrays, derivative);
    case "MasoApplyCode":
      return applyCode(out, arrays.v, arrays.code!, spec, arrays, group, withOffsets);
    case "MasoAdjointCode":
      return adjointCode(out, arrays.v, arrays.code!, spec, arrays, group);
    case "MasoApplySlopes":
      return applySlopes(out, arrays.v, arrays.slopes!, spec, arrays, group, withOffsets);
    default:
      return adjointSlopes(out, arrays.v, arrays.slopes!, spec, arrays, group);
  }
}
