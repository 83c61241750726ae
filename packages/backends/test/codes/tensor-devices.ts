import * as tf from "@tensorflow/tfjs-core";
import "@tensorflow/tfjs-backend-cpu";
import "@tensorflow/tfjs-backend-wasm";
import { startWebgpu } from "../support/start-webgpu";

/** The backends of TensorFlow.js that start here; webgpu where a Vulkan driver is. */
export async function startedBackends(): Promise<ReadonlySet<string>> {
  const absent = { cpu: undefined, wasm: undefined, webgpu: await startWebgpu() };
  const started = new Set<string>();
  for (const [name, why] of Object.entries(absent)) if (why === undefined && (await tf.setBackend(name))) started.add(name);
  return started;
}
