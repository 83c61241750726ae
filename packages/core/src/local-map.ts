import type { Code } from "./code";
import { type FrozenUnits, freezeCode } from "./frozen-units";
import { applyAdjoint, applyLinearization, type Linearization } from "./linearization";
import { inputSize, type Network } from "./network";
import type { ComputeOptions } from "./run";
import type { Rows } from "./shape";
import { trace } from "./trace";

/**
 * f(x) = A[x] x + b[x] at each of `rows` points: every quantizer held at its code, hard or soft ([MM] arXiv 1805.06576, eq. 6).
 * For hard codes A[x] is also the derivative; for soft codes it is not.
 */
export interface LocalMap {
  readonly type: "local-map";
  readonly rows: number;
  readonly code: Code;
  /** f(x), [rows, outputs]. */
  readonly values: Rows;
  /** A[x] v: v is [rows · g, inputs], g consecutive rows for each point; the result [rows · g, outputs]. */
  linear(v: Rows): Rows;
  /** A[x]ᵀ u: u is [rows · g, outputs]; the result [rows · g, inputs]. */
  adjoint(u: Rows): Rows;
  /** b[x], [rows, outputs]: the frozen network at 0. */
  bias(): Rows;
  readonly linearization: Linearization;
}

/** The affine maps that the network applies at the rows of x. */
export function localMap(network: Network, x: Rows, options?: ComputeOptions): LocalMap {
  const frozen: FrozenUnits[] = [];
  const { values, code } = trace(network, x, options, (index, quantizer, _, quantized) => {
    frozen[index] = freezeCode(quantizer, quantized);
  });
  const linearization: Linearization = { network, rows: code.rows, frozen, options };
  return {
    type: "local-map",
    rows: code.rows,
    code,
    values,
    linear: (v) => applyLinearization(linearization, v, false),
    adjoint: (u) => applyAdjoint(linearization, u),
    bias: () => applyLinearization(linearization, new Float64Array(code.rows * inputSize(network)), true),
    linearization,
  };
}
