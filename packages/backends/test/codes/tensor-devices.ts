import { existsSync } from "node:fs";
import * as tf from "@tensorflow/tfjs-core";
import "@tensorflow/tfjs-backend-cpu";
import "@tensorflow/tfjs-backend-wasm";

const SOFTWARE_VULKAN = "/usr/lib/chromium/vk_swiftshader_icd.json";

/** The backends of TensorFlow.js that start here; webgpu where a Vulkan driver is. */
export async function startedBackends(): Promise<ReadonlySet<string>> {
  const started = new Set<string>();
  if (await startWebgpu()) started.add("webgpu");
  for (const name of ["cpu", "wasm"]) if (await tf.setBackend(name)) started.add(name);
  return started;
}

async function startWebgpu(): Promise<boolean> {
  if (!existsSync(SOFTWARE_VULKAN)) return false;
  process.env.VK_ICD_FILENAMES ??= SOFTWARE_VULKAN;
  const { create, globals } = await import("webgpu");
  Object.assign(globalThis, globals);
  Object.defineProperty(globalThis, "navigator", { value: { gpu: create(["backend=vulkan"]) }, configurable: true });
  await import("@tensorflow/tfjs-backend-webgpu");
  return tf.setBackend("webgpu").catch(() => false);
}
