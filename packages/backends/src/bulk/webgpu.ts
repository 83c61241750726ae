import "@tensorflow/tfjs-backend-webgpu";
import type { Network } from "@maso/core";
import { compile as compileFor } from "./compile";
import type { Compiled } from "./compiled";

export type { Compiled };

/** The network on TensorFlow.js's WebGPU backend, which this module brings. Throws "unsupported" where it does not start. */
export function compile(network: Network): Promise<Compiled> {
  return compileFor(network, { backend: "webgpu" });
}
