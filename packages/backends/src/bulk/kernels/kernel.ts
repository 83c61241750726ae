import type { TensorInfo } from "@tensorflow/tfjs-core";
import type { UnitSpec } from "./unit-spec";

/** The kernels that maso registers with TensorFlow.js, by name. */
export type KernelName =
  | "MasoValues"
  | "MasoCode"
  | "MasoApplyCode"
  | "MasoAdjointCode"
  | "MasoSlopes"
  | "MasoApplySlopes"
  | "MasoAdjointSlopes"
  | "MasoSparse";

/** What kernels read: `v` (or what is sent back, `u`), tables of units, codes or slopes, a sparse matrix, runs of units that move together. Absent where there is none. */
export interface KernelInputs {
  readonly v: TensorInfo;
  readonly reads?: TensorInfo;
  readonly table?: TensorInfo;
  readonly selectors?: TensorInfo;
  readonly eta?: TensorInfo;
  readonly code?: TensorInfo;
  readonly slopes?: TensorInfo;
  readonly rowStart?: TensorInfo;
  readonly indices?: TensorInfo;
  readonly entries?: TensorInfo;
  readonly runStarts?: TensorInfo;
  readonly runPlaces?: TensorInfo;
}

export interface UnitAttributes {
  readonly spec: UnitSpec;
  /** Rows of v that one row of the code or slopes serves. */
  readonly group: number;
  readonly withOffsets: boolean;
  readonly derivative: boolean;
}

export interface SparseAttributes {
  /** Columns of the matrix. */
  readonly size: number;
  /** Rows of the matrix. */
  readonly count: number;
  readonly channels: number;
}

export interface KernelOutput {
  readonly shape: [rows: number, values: number];
  readonly dtype: "float32" | "int32";
}

/** The shape and type of what a kernel makes of v and its attributes. */
export function kernelOutput(name: KernelName, rows: number, attributes: UnitAttributes | SparseAttributes): KernelOutput {
  if (!("spec" in attributes)) return { shape: [rows, attributes.count * attributes.channels], dtype: "float32" };
  const { count, inputSize, arity, words } = attributes.spec;
  if (name === "MasoCode") return { shape: [rows, words], dtype: "int32" };
  if (name === "MasoSlopes") return { shape: [rows, count * (arity + 1)], dtype: "float32" };
  const back = name === "MasoAdjointCode" || name === "MasoAdjointSlopes";
  return { shape: [rows, back ? inputSize : count], dtype: "float32" };
}
