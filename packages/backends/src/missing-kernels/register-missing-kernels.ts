import { conv2dBackpropFilter } from "./conv2d-backprop-filter";
import { depthwiseBackpropFilter } from "./depthwise-backprop-filter";
import { depthwiseBackpropInput } from "./depthwise-backprop-input";
import { loadEngine } from "./engine";
import type { MissingKernel, Tfjs } from "./missing-kernel";

const kernels: Readonly<Record<string, MissingKernel>> = {
  Conv2DBackpropFilter: conv2dBackpropFilter,
  DepthwiseConv2dNativeBackpropFilter: depthwiseBackpropFilter,
  DepthwiseConv2dNativeBackpropInput: depthwiseBackpropInput,
};

/**
 * Gives the wasm backend of this tfjs the kernels that it lacks for gradients of convolutional networks, in SIMD wasm: the gradients of
 * conv2d in its filter and of depthwiseConv2d in its input and filter. What tfjs has already, of itself or from an earlier call, stays. Returns
 * the names of what was registered. Throws "unsupported" where wasm or its SIMD is missing or forbidden.
 */
export function registerMissingKernels(tf: Tfjs): string[] {
  const missing = Object.keys(kernels).filter((kernelName) => tf.getKernel(kernelName, "wasm") === undefined);
  if (missing.length === 0) return [];
  const engine = loadEngine();
  for (const kernelName of missing) tf.registerKernel({ kernelName, backendName: "wasm", kernelFunc: kernels[kernelName]!(tf, engine) });
  return missing;
}
