import { engine, getKernel, type KernelFunc, registerKernel, type Tensor2D, type TensorInfo } from "@tensorflow/tfjs-core";
import type { WebgpuBackend } from "./webgpu-kernel";

const NAME = "MasoJoinCodes";
const THREADS = 64;
/** A GPU binds at most eight buffers to a program; one is the result. */
const MOST_PARTS = 7;

/** Packed codes side by side, [rows, all words]. TensorFlow.js's own ops on webgpu take integers through float32, which holds 24 bits of a word. */
export function joinCodes(codes: readonly Tensor2D[]): Tensor2D {
  if (codes.length === 1) return codes[0]!;
  const joined: Tensor2D[] = [];
  for (let i = 0; i < codes.length; i += MOST_PARTS) {
    const parts = codes.slice(i, i + MOST_PARTS);
    joined.push(
      parts.length === 1
        ? parts[0]!
        : (engine().runKernel(NAME, Object.fromEntries(parts.map((part, p) => [`part${p}`, part]))) as Tensor2D),
    );
  }
  return joinCodes(joined);
}

export function registerJoinCodes(): void {
  if (getKernel(NAME, "webgpu")) return;
  const kernelFunc: KernelFunc = ({ inputs, backend }) => join(Object.values(inputs) as TensorInfo[], backend as WebgpuBackend);
  registerKernel({ kernelName: NAME, backendName: "webgpu", kernelFunc });
}

function join(parts: readonly TensorInfo[], backend: WebgpuBackend): TensorInfo {
  const widths = parts.map(({ shape }) => shape[1]!);
  const total = widths.reduce((a, b) => a + b, 0);
  const shape: [number, number] = [parts[0]!.shape[0]!, total];
  const names = parts.map((_, p) => `part${p}`);
  const uniforms = names.map((name) => `${name}Words`);
  return backend.runWebGPUProgram(
    {
      outputShape: shape,
      variableNames: names,
      shaderKey: NAME,
      uniforms: uniforms.map((name) => `${name} : i32, `).join(""),
      workgroupSize: [THREADS, 1, 1],
      dispatchLayout: { x: [0, 1] },
      dispatch: [Math.ceil((shape[0] * total) / THREADS), 1, 1],
      size: true,
      getUserCode: () => `
    fn main(index : i32) {
      if (index >= uniforms.size) { return; }
      let row = index / uniforms.outShape.y;
      var word = index % uniforms.outShape.y;
      ${names
        .map(
          (name) => `if (word < uniforms.${name}Words) {
        result[index] = ${name}[row * uniforms.${name}Words + word];
        return;
      }
      word -= uniforms.${name}Words;`,
        )
        .join("\n      ")}
    }`,
    },
    parts,
    "int32",
    widths.map((words) => ({ type: "int32", data: [words] })),
  );
}
