import "@tensorflow/tfjs-backend-cpu";
import "@tensorflow/tfjs-backend-webgpu";
import { setWasmPaths } from "@tensorflow/tfjs-backend-wasm";
import plain from "@tensorflow/tfjs-backend-wasm/dist/tfjs-backend-wasm.wasm?url";
import simd from "@tensorflow/tfjs-backend-wasm/dist/tfjs-backend-wasm-simd.wasm?url";
import threaded from "@tensorflow/tfjs-backend-wasm/dist/tfjs-backend-wasm-threaded-simd.wasm?url";
import { bulkDevice } from "../../src/testing";
import { builtInsOn } from "./built-ins-on";

setWasmPaths({ "tfjs-backend-wasm.wasm": plain, "tfjs-backend-wasm-simd.wasm": simd, "tfjs-backend-wasm-threaded-simd.wasm": threaded });

const adapter = "gpu" in navigator ? await navigator.gpu.requestAdapter() : null;
builtInsOn(bulkDevice("cpu"), 1);
builtInsOn(bulkDevice("wasm"), 2);
builtInsOn(bulkDevice("webgpu", adapter === null ? "this Chromium has no WebGPU" : undefined), 1);
