import { type AffineTable, inverseTemperature, isHard, type Quantizer, unitsOf } from "@maso/core";
import { layoutOf } from "../../codes";
import { type UnitRuns, unitRuns } from "../../compute/unit-runs";
import type { UnitArrays, UnitSpec } from "../kernels/unit-spec";

/** A quantizer's data as the kernels read it: any quantizer, whoever wrote it. */
export interface UnitTables extends UnitArrays {
  readonly spec: UnitSpec;
  /** Units whose pieces are values, where they move together. */
  readonly runs: UnitRuns | null;
}

export function unitTables(quantizer: Quantizer): UnitTables {
  const { count, pieces, arity, inputSize, reads, anyMissing, table, selectors, selectorSign } = unitsOf(quantizer);
  const own = selectors === table ? null : selectors;
  const [node] = layoutOf([{ node: 0, id: "", units: count, pieces }]).nodes;
  const { bits, words } = node!;
  const eta = etas(quantizer.beta);
  const runs = table === null && selectors === null && reads !== null && eta === null ? inFours(unitRuns(unitsOf(quantizer), reads)) : null;
  return {
    spec: {
      count,
      pieces,
      arity,
      inputSize,
      anyMissing,
      tableRows: table?.rows ?? 0,
      selectorRows: own?.rows ?? 0,
      selectorSign,
      etaLength: eta?.length ?? 0,
      runs: runs === null ? 0 : runs.starts.length - 1,
      bits,
      words,
    },
    reads,
    table: table && planar(table),
    selectors: own && planar(own),
    eta,
    runs,
  };
}

function inFours(runs: UnitRuns): UnitRuns | null {
  return runs.starts.every((start) => start % 4 === 0) ? runs : null;
}

/** Hard units get −1; null where all are hard. */
function etas(beta: Quantizer["beta"]): Float32Array | null {
  if (isHard(beta)) return null;
  const length = typeof beta === "number" ? 1 : beta.length;
  return Float32Array.from({ length }, (_, k) => {
    const eta = inverseTemperature(beta, k);
    return eta === Infinity ? -1 : eta;
  });
}

/** [pieces, arity + 1, rows]: slopes, then the offset. */
function planar({ rows, pieces, arity, slopes, offsets }: AffineTable): Float32Array {
  const result = new Float32Array(rows * pieces * (arity + 1));
  for (let t = 0; t < rows; t++)
    for (let r = 0; r < pieces; r++) {
      for (let i = 0; i < arity; i++) result[(r * (arity + 1) + i) * rows + t] = slopes[(t * pieces + r) * arity + i]!;
      result[(r * (arity + 1) + arity) * rows + t] = offsets[t * pieces + r]!;
    }
  return result;
}
