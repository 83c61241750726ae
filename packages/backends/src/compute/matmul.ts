import { type Compute, checkProduct, type MatmulDims, plainCompute, transposed } from "@maso/core/compute";
import type { Engine } from "./engine";
import { multiplyPanels } from "./multiply-panels";
import { timesVectors, vectorsTimes } from "./times-vectors";

/** Multiplications below which the plain product is as fast. */
const WORTH_CALLING = 2000;
/** The number of rows from which on packing B gains more than it costs. */
const WORTH_PACKING = 6;

export function matmul(engine: Engine): Compute["matmul"] {
  return (a, b, dims) => {
    if (dims.m * dims.k * dims.n < WORTH_CALLING) return plainCompute.matmul(a, b, dims);
    checkProduct(a, b, dims);
    return multiply(engine, a, b, dims) ?? plainCompute.matmul(a, b, dims);
  };
}

/** Null where it does not fit. */
function multiply(engine: Engine, a: Float64Array, b: Float64Array, { m, k, n, transposeA, transposeB }: MatmulDims): Float64Array | null {
  if (n === 1)
    return transposeA
      ? vectorsTimes(engine, b, a, { count: 1, rows: k, columns: m })
      : timesVectors(engine, a, b, { count: 1, rows: m, columns: k });
  const left = transposeA ? transposed(a, k, m) : a;
  if (m >= WORTH_PACKING) return multiplyPanels(engine, left, b, { m, k, n, transposeB });
  return transposeB
    ? timesVectors(engine, b, left, { count: m, rows: n, columns: k })
    : vectorsTimes(engine, left, b, { count: m, rows: k, columns: n });
}
