import { existsSync } from "node:fs";
import { random, sizeOf } from "@maso/core";
import { readTfjs } from "@maso/layers/tfjs";
import * as tf from "@tensorflow/tfjs-core";
import { digitsFolder } from "./model-artifacts";

/*
 * Dispatches and bytes that the programs of one call read and write on webgpu, digits, four pictures: a software rasteriser tells nothing of
 * time. A forward pass is one dispatch for each convolution, matrix and quantizer.
 */
const DRIVER = "/usr/lib/chromium/vk_swiftshader_icd.json";
if (existsSync(DRIVER)) process.env.VK_ICD_FILENAMES ??= DRIVER;
const { create, globals } = await import("webgpu");
Object.assign(globalThis, globals);
Object.defineProperty(globalThis, "navigator", { value: { gpu: create(["backend=vulkan"]) }, configurable: true });
const { compile } = await import("@maso/backends/webgpu");

interface Runs {
  runWebGPUProgram(program: object, inputs: readonly tf.TensorInfo[], ...rest: unknown[]): tf.TensorInfo;
}

const { network } = await readTfjs(digitsFolder, { check: false });
if (network === null) throw new Error("the digit classifier is refused");
const compiled = await compile(network);
await tf.setBackend("webgpu");
const counted = { dispatches: 0, bytes: 0 };
const backend = tf.backend() as unknown as Runs;
const run = backend.runWebGPUProgram.bind(backend);
backend.runWebGPUProgram = (program, inputs, ...rest) => {
  const output = run(program, inputs, ...rest);
  counted.dispatches++;
  for (const { shape } of [...inputs, output]) counted.bytes += 4 * sizeOf(shape);
  return output;
};

const { uniform } = random(1);
const x = tf.tensor(Float32Array.from({ length: 4 * 784 }, uniform), [4, 28, 28, 1]);
const v = tf.tensor(Float32Array.from({ length: 4 * 784 }, uniform), [4, 28, 28, 1]);
for (const [what, call] of Object.entries({
  forward: () => compiled.forward(x),
  encode: () => compiled.encode(x),
  jvp: () => compiled.jvp(x, v),
  templates: () => compiled.templates(x),
  localBias: () => compiled.localBias(x),
})) {
  Object.assign(counted, { dispatches: 0, bytes: 0 });
  await call().data();
  console.log(`${what}: ${counted.dispatches} dispatches, ${(counted.bytes / 1024).toFixed(0)} KiB`);
}
process.exit(0);
