import { existsSync } from "node:fs";

/** SwiftShader, which Debian's Chromium carries: a Vulkan driver for machines without a GPU. */
const SOFTWARE_DRIVER = "/usr/lib/chromium/vk_swiftshader_icd.json";

/** Makes TensorFlow.js's webgpu backend run in Node; why not, where there is no Vulkan driver. */
export async function startWebgpu(): Promise<string | undefined> {
  if (!process.env.VK_ICD_FILENAMES && existsSync(SOFTWARE_DRIVER)) process.env.VK_ICD_FILENAMES = SOFTWARE_DRIVER;
  try {
    const { create, globals } = await import("webgpu");
    const gpu = create(["backend=vulkan"]);
    if (!(await gpu.requestAdapter())) return "no Vulkan driver";
    Object.assign(globalThis, globals);
    Object.defineProperty(globalThis, "navigator", { value: { gpu }, configurable: true });
    await import("@tensorflow/tfjs-backend-webgpu");
    return undefined;
  } catch (error) {
    return `no WebGPU: ${error instanceof Error ? error.message : error}`;
  }
}
