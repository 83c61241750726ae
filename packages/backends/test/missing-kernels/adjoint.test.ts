import { random } from "@maso/core";
import * as tf from "@tensorflow/tfjs-core";
import { beforeAll, expect, it } from "vitest";
import { registerMissingKernels } from "../../src/missing-kernels";
import { type Convolution, gradientCalls } from "./geometries";
import { magnitudes, normals, onBackend, runKernel, sumTolerance, type Values } from "./run-kernel";

beforeAll(async () => {
  await tf.setBackend("wasm");
  registerMissingKernels(tf);
});

/**
 * A convolution y(x, w) is linear in both, so ⟨y, dy⟩ = ⟨x, dx⟩ = ⟨w, dw⟩. With dilations this is the only oracle: the cpu backend
 * works out the shapes with them and then adds up without.
 */
const dilated: Readonly<Record<string, Convolution>> = {
  "a depthwise convolution": { x: [2, 9, 10, 5], filter: [3, 2, 5, 1], depthwise: true, dilations: [2, 3], pad: "same" },
  "one of multiplier 3": { x: [1, 12, 11, 4], filter: [2, 3, 4, 3], depthwise: true, dilations: [3, 2], pad: "valid" },
  "a full one": { x: [2, 10, 9, 6], filter: [3, 3, 6, 7], dilations: [2, 1], pad: "same" },
};

for (const [name, convolution] of Object.entries(dilated))
  it(`the gradients of ${name} are adjoint to it, dilated`, () => {
    const source = random(61);
    for (const { kernel, inputs, attributes, terms } of gradientCalls(source, convolution)) {
      const gradient = runKernel("wasm", kernel, inputs, attributes);
      const byFilter = kernel.endsWith("Filter");
      const x = inputs.x ?? normals(source, convolution.x);
      const filter = inputs.filter ?? normals(source, convolution.filter);
      const convolve = (x: Values, filter: Values): Float32Array => onBackend("wasm", () => convolved(x, filter, convolution));
      const [dy, argument] = [inputs.dy!.data, (byFilter ? filter : x).data];
      const left = dot(convolve(x, filter), dy);
      const right = dot(gradient, argument);
      const scale = dot(convolve(magnitudes(x), magnitudes(filter)), dy.map(Math.abs));
      const products = convolution.filter[0] * convolution.filter[1] * convolution.filter[2];
      expect(Math.abs(left - right)).toBeLessThanOrEqual((sumTolerance(terms) + sumTolerance(products)) * scale);
    }
  });

function convolved(x: Values, filter: Values, { depthwise, pad, dilations }: Convolution): tf.Tensor {
  const [input, weights] = [x, filter].map(({ data, shape }) => tf.tensor<tf.Rank.R4>(data, shape as [number, number, number, number])) as [
    tf.Tensor4D,
    tf.Tensor4D,
  ];
  const convolve: typeof tf.depthwiseConv2d = depthwise ? tf.depthwiseConv2d : tf.conv2d;
  return convolve(input, weights, 1, pad as "same" | "valid", "NHWC", [dilations![0], dilations![1]]);
}

/** In float64. */
function dot(a: ArrayLike<number>, b: ArrayLike<number>): number {
  let sum = 0;
  for (let i = 0; i < a.length; i++) sum += a[i]! * b[i]!;
  return sum;
}
