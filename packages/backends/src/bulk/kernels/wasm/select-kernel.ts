import { getKernel, type KernelFunc, registerKernel, type TensorInfo } from "@tensorflow/tfjs-core";
import { type KernelInputs, kernelOutput, type UnitAttributes } from "../kernel";
import { runShared, setUnits, shareTable } from "./run-module";
import { sharedModule } from "./share-memory";
import { addressesOf, type WasmBackend, wasmKernel } from "./wasm-kernel";

/** Makes the code of hard units and their values, in this order; in one pass over memory where that is what costs. */
export const SELECT = "MasoSelect";

export function registerSelect(): void {
  if (getKernel(SELECT, "wasm")) return;
  const kernelFunc: KernelFunc = ({ inputs, attrs, backend }) =>
    select(inputs as unknown as KernelInputs, (attrs as unknown as { readonly maso: UnitAttributes }).maso, backend as WasmBackend);
  registerKernel({ kernelName: SELECT, backendName: "wasm", kernelFunc });
}

function select(inputs: KernelInputs, attributes: UnitAttributes, backend: WasmBackend): TensorInfo[] {
  const { spec } = attributes;
  const at = addressesOf(inputs, backend);
  const module = sharedModule(backend);
  if (!module || !shareTable(spec, at)) {
    const code = wasmKernel("MasoCode", inputs, attributes, backend);
    return [code, wasmKernel("MasoApplyCode", { ...inputs, code }, { ...attributes, withOffsets: true }, backend)];
  }
  const rows = inputs.v.shape[0]!;
  const [codes, values] = [kernelOutput("MasoCode", rows, attributes), kernelOutput("MasoValues", rows, attributes)];
  const code = backend.makeOutput(codes.shape, codes.dtype);
  const out = backend.makeOutput(values.shape, values.dtype);
  const [toValues, toCode] = [backend.getMemoryOffset(out.dataId), backend.getMemoryOffset(code.dataId)];
  setUnits(module, spec, at);
  runShared(module, spec, toValues, toCode, at("v"), rows);
  return [code, out];
}
