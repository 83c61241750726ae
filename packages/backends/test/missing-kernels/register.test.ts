import { MasoError } from "@maso/core";
import { backend_util, type KernelConfig } from "@tensorflow/tfjs-core";
import { afterEach, expect, it, vi } from "vitest";
import { registerMissingKernels, type Tfjs } from "../../src/missing-kernels";
import { wasmModule } from "../../src/missing-kernels/wasm-module";

const NAMES = ["Conv2DBackpropFilter", "DepthwiseConv2dNativeBackpropFilter", "DepthwiseConv2dNativeBackpropInput"];

afterEach(() => void vi.unstubAllGlobals());

/** A registry of kernels like that of tfjs, with some of its own. */
function registry(...own: string[]): Tfjs & { readonly kernels: Map<string, KernelConfig> } {
  const kernels = new Map<string, KernelConfig>();
  const registerKernel = (config: KernelConfig) => void kernels.set(`${config.backendName} ${config.kernelName}`, config);
  for (const kernelName of own) registerKernel({ kernelName, backendName: "wasm", kernelFunc: () => [] });
  return { backend_util, kernels, registerKernel, getKernel: (name, backend) => kernels.get(`${backend} ${name}`)! };
}

it("registers what is missing, for wasm, and says what", () => {
  const tf = registry();
  expect(registerMissingKernels(tf).sort()).toEqual(NAMES);
  expect([...tf.kernels.keys()].sort()).toEqual(NAMES.map((name) => `wasm ${name}`));
});

it("does nothing the second time", () => {
  const tf = registry();
  registerMissingKernels(tf);
  const kernels = [...tf.kernels.values()];
  expect(registerMissingKernels(tf)).toEqual([]);
  expect([...tf.kernels.values()]).toEqual(kernels);
});

it("keeps the kernels that tfjs has by itself", () => {
  const tf = registry(NAMES[1]!);
  const own = tf.getKernel(NAMES[1]!, "wasm");
  expect(registerMissingKernels(tf).sort()).toEqual([NAMES[0], NAMES[2]]);
  expect(tf.getKernel(NAMES[1]!, "wasm")).toBe(own);
});

it("registers nothing and says why where wasm is missing", () => {
  vi.stubGlobal("WebAssembly", undefined);
  const tf = registry();
  expect(() => registerMissingKernels(tf)).toThrowError(MasoError);
  expect(() => registerMissingKernels(tf)).toThrowError(expect.objectContaining({ code: "unsupported" }));
  expect(tf.kernels.size).toBe(0);
});

it("loads a module that browsers compile on their main thread: of at most 4 KiB", () => {
  expect(Buffer.from(wasmModule, "base64").length).toBeLessThanOrEqual(4096);
});
