import { plainCompute } from "@maso/core";
import type { BackendWasm } from "@tensorflow/tfjs-backend-wasm";
import * as tf from "@tensorflow/tfjs-core";

/**
 * The gradient of a convolution in its filter, which tfjs lacks on wasm: patchesᵀ · dy, with the patches of one image
 * at a time. Stride 1, no dilation, no padding: what the digit network needs.
 */
export function registerFilterGradient(): void {
  tf.registerKernel({
    kernelName: "Conv2DBackpropFilter",
    backendName: "wasm",
    kernelFunc: ({ inputs, backend, attrs }) => {
      const { x, dy } = inputs as { x: tf.TensorInfo; dy: tf.TensorInfo };
      const filterShape = (attrs as unknown as { filterShape: [number, number, number, number] }).filterShape;
      const wasm = backend as BackendWasm;
      const gradient = filterGradient(
        wasm.readSync(x.dataId) as Float32Array,
        x.shape,
        wasm.readSync(dy.dataId) as Float32Array,
        dy.shape,
        filterShape,
      );
      const out = wasm.makeOutput(filterShape, "float32");
      wasm.typedArrayFromHeap(out).set(gradient);
      return out;
    },
  });
}

function filterGradient(
  x: Float32Array,
  xShape: number[],
  dy: Float32Array,
  dyShape: number[],
  filterShape: [number, number, number, number],
): Float64Array {
  const [images, height, width, channels] = xShape as [number, number, number, number];
  const [, outHeight, outWidth, outputs] = dyShape as [number, number, number, number];
  const [kernelHeight, kernelWidth] = filterShape;
  const depth = kernelHeight * kernelWidth * channels;
  const pixels = outHeight * outWidth;
  const total = new Float64Array(depth * outputs);
  for (let image = 0; image < images; image++) {
    const patches = new Float64Array(pixels * depth);
    let at = 0;
    for (let y = 0; y < outHeight; y++)
      for (let left = 0; left < outWidth; left++)
        for (let ky = 0; ky < kernelHeight; ky++) {
          const from = ((image * height + y + ky) * width + left) * channels;
          for (let i = 0; i < kernelWidth * channels; i++) patches[at++] = x[from + i]!;
        }
    const slope = Float64Array.from(dy.subarray(image * pixels * outputs, (image + 1) * pixels * outputs));
    plainCompute.matmul(patches, slope, { m: depth, k: pixels, n: outputs, transposeA: true }).forEach((value, i) => {
      total[i]! += value;
    });
  }
  return total;
}
