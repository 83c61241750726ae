import { type FrozenUnits, freezeDerivative } from "./frozen-units";
import { applyAdjoint, applyLinearization, type Linearization } from "./linearization";
import type { Network } from "./network";
import type { ComputeOptions } from "./run";
import type { Rows } from "./shape";
import { trace } from "./trace";

/**
 * The Jacobian J[x] at each of `rows` points. At a facet of a hard network it is that of the region the code names;
 * of a soft network it counts how the weights move, which the local map does not.
 */
export interface Derivative {
  readonly type: "derivative";
  readonly rows: number;
  /** f(x), [rows, outputs]. */
  readonly values: Rows;
  /** J[x] v: v is [rows · g, inputs], g consecutive rows for each point; the result [rows · g, outputs]. */
  linear(v: Rows): Rows;
  /** J[x]ᵀ u: u is [rows · g, outputs]; the result [rows · g, inputs]. */
  adjoint(u: Rows): Rows;
}

export function derivative(network: Network, x: Rows, options?: ComputeOptions): Derivative {
  const frozen: FrozenUnits[] = [];
  const { values, code } = trace(network, x, options, (index, quantizer, v, quantized) => {
    frozen[index] = freezeDerivative(quantizer, v, quantized);
  });
  const linearization: Linearization = { network, rows: code.rows, frozen, options };
  return {
    type: "derivative",
    rows: code.rows,
    values,
    linear: (v) => applyLinearization(linearization, v, false),
    adjoint: (u) => applyAdjoint(linearization, u),
  };
}

/** J[x] v: x is [rows, inputs], v [rows · g, inputs] with g consecutive rows for each row of x. */
export function jvp(network: Network, x: Rows, v: Rows, options?: ComputeOptions): Rows {
  return derivative(network, x, options).linear(v);
}

/** J[x]ᵀ u: x is [rows, inputs], u [rows · g, outputs] with g consecutive rows for each row of x. */
export function vjp(network: Network, x: Rows, u: Rows, options?: ComputeOptions): Rows {
  return derivative(network, x, options).adjoint(u);
}
