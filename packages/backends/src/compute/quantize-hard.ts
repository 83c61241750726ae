import { type Compute, plainCompute } from "@maso/core/compute";
import type { Engine } from "./engine";
import { selectScalars } from "./select-scalars";
import { selectValues } from "./select-values";

/** Values below which the plain loops are as fast. */
const WORTH_CALLING = 500;
/** The kernels write choices as bytes. */
const MOST_PIECES = 256;

export function quantizeHard(engine: Engine): Compute["quantizeHard"] {
  return (units, v) => {
    const worthCalling = v.length >= WORTH_CALLING && units.pieces <= MOST_PIECES;
    return (
      (worthCalling ? (selectScalars(engine, units, v) ?? selectValues(engine, units, v)) : null) ?? plainCompute.quantizeHard(units, v)
    );
  };
}
