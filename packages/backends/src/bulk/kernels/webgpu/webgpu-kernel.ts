import type { TensorInfo } from "@tensorflow/tfjs-core";
import { type KernelInputs, kernelOutput, type SparseAttributes, type UnitAttributes } from "../kernel";
import type { RunKernel } from "../register-kernels";
import type { Bound } from "./unit-functions";
import { type ProgramText, unitProgram } from "./unit-programs";

/** What the kernels use of TensorFlow.js's webgpu backend. */
export interface WebgpuBackend {
  runWebGPUProgram(program: Program, inputs: readonly TensorInfo[], dtype: string, uniforms: readonly Uniform[]): TensorInfo;
}

interface Uniform {
  readonly type: "int32";
  readonly data: readonly number[];
}

/** A program as TensorFlow.js's webgpu backend takes it; it adds to it. */
export interface Program {
  readonly outputShape: number[];
  readonly variableNames: string[];
  readonly shaderKey: string;
  readonly uniforms: string;
  readonly workgroupSize: [number, number, number];
  readonly dispatchLayout: { readonly x: number[] };
  readonly dispatch: [number, number, number];
  readonly size: true;
  getUserCode(): string;
}

const THREADS = 64;
const order: Bound = ["v", "reads", "table", "selectors", "eta", "code", "slopes", "rowStart", "indices", "entries"];

/** Frozen units need neither selectors nor η; a GPU binds at most eight buffers. */
const unread: Partial<Record<string, Bound>> = {
  MasoCode: ["eta"],
  MasoApplyCode: ["selectors", "eta"],
  MasoAdjointCode: ["reads", "selectors", "eta"],
  MasoApplySlopes: ["table", "selectors", "eta"],
  MasoAdjointSlopes: ["reads", "table", "selectors", "eta"],
};

export const webgpuKernel: RunKernel<WebgpuBackend> = (name, inputs, attributes, backend) => {
  const bound = order.filter((each) => inputs[each] !== undefined && !unread[name]?.includes(each));
  const { shape, dtype } = kernelOutput(name, inputs.v.shape[0]!, attributes);
  const uniforms = "spec" in attributes ? unitUniforms(attributes) : sparseUniforms(attributes);
  const text = name === "MasoSparse" ? sparseProgram(bound) : unitProgram(name, attributes as UnitAttributes, bound);
  const program: Program = {
    outputShape: shape,
    variableNames: [...bound],
    // Programs are kept by this key: whatever the text depends on, and the names of what is bound, which follow.
    shaderKey: `${name};${"spec" in attributes ? textKey(attributes) : ""}`,
    uniforms: Object.keys(uniforms)
      .map((each) => `${each} : i32, `)
      .join(""),
    workgroupSize: [THREADS, 1, 1],
    dispatchLayout: { x: [0, 1] },
    dispatch: [Math.ceil((shape[0] * shape[1]) / THREADS), 1, 1],
    size: true,
    getUserCode: () => `${text.functions}
    fn main(index : i32) {
      // What a text does not read would be missing from its layout.
      ${bound.map((each) => `_ = &${each};`).join(" ")}
      if (index >= uniforms.size) { return; }
      ${text.main}
    }`,
  };
  return backend.runWebGPUProgram(
    program,
    bound.map((each) => inputs[each]!),
    dtype,
    Object.values(uniforms).map((value) => ({ type: "int32", data: [value] })),
  );
};

function unitUniforms({ spec, group }: UnitAttributes): Readonly<Record<string, number>> {
  const { count, inputSize, tableRows, selectorRows, etaLength, words } = spec;
  return { count, inputSize, tableRows, selectorRows, etaLength, words, perPoint: group };
}

function sparseUniforms({ size, count, channels }: SparseAttributes): Readonly<Record<string, number>> {
  return { columns: size, count, channels };
}

function textKey({ spec, withOffsets, derivative }: UnitAttributes): string {
  const { pieces, arity, anyMissing, selectorSign, bits } = spec;
  return [pieces, arity, anyMissing, selectorSign, bits, withOffsets, derivative].join(";");
}

function sparseProgram(bound: readonly (keyof KernelInputs)[]): ProgramText {
  return {
    functions: "",
    main: `
      let c = index % uniforms.channels;
      let k = (index / uniforms.channels) % uniforms.count;
      let base = (index / (uniforms.channels * uniforms.count)) * uniforms.columns;
      var sum = 0.0;
      for (var e = rowStart[k]; e < rowStart[k + 1]; e++) {
        sum += ${bound.includes("entries") ? "entries[e] * " : ""}v[(base + indices[e]) * uniforms.channels + c];
      }
      result[index] = sum;`,
  };
}
