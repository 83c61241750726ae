export { wasmCompute, wasmComputeSync } from "./wasm-compute";
