import { random } from "@maso/core";
import * as tf from "@tensorflow/tfjs-core";
import "@tensorflow/tfjs-layers";
import { beforeAll, expect, it } from "vitest";
import { registerMissingKernels } from "../../src/missing-kernels";
import { gradientCalls } from "./geometries";
import { normals, tensorsOf } from "./run-kernel";

const CALLS = 1000;

beforeAll(async () => {
  await tf.setBackend("wasm");
  registerMissingKernels(tf);
});

const source = random(71);
const calls = [
  ...gradientCalls(source, { x: [2, 6, 6, 3], filter: [3, 3, 3, 5], pad: "same" }),
  ...gradientCalls(source, { x: [2, 6, 6, 3], filter: [3, 3, 3, 2], pad: "same", depthwise: true }),
  {
    kernel: "Conv2DBackpropFilter",
    inputs: { x: normals(source, [1, 3, 6, 6]), dy: normals(source, [1, 5, 4, 4]) },
    attributes: { strides: 1, pad: "valid", dataFormat: "NCHW", filterShape: [3, 3, 3, 5] },
  },
];

it.each(calls)(`$kernel leaves nothing behind in ${CALLS} calls: case %#`, ({ kernel, inputs, attributes }) => {
  const tensors = tensorsOf(inputs);
  flat(() => tf.dispose(tf.engine().runKernel(kernel, tensors, attributes as tf.NamedAttrMap)));
  tf.dispose(tensors);
});

it(`tf.grads through a convolution and a depthwise one leave nothing behind in ${CALLS} calls`, () => {
  const { x, f, d } = tensorsOf({ x: normals(source, [1, 6, 6, 3]), f: normals(source, [3, 3, 3, 4]), d: normals(source, [3, 3, 4, 1]) });
  const loss = (x: tf.Tensor, f: tf.Tensor, d: tf.Tensor): tf.Tensor =>
    tf.sum(tf.relu(tf.depthwiseConv2d(tf.conv2d(x as tf.Tensor4D, f as tf.Tensor4D, 1, "same"), d as tf.Tensor4D, 2, "same")));
  flat(() => tf.dispose(tf.grads(loss as (...args: tf.Tensor[]) => tf.Tensor)([x!, f!, d!])));
});

/** The same tensors, bytes and entries of the backend before and after. */
function flat(work: () => void): void {
  work();
  const state = () => [tf.memory().numTensors, tf.memory().numBytes, tf.engine().backend.numDataIds()];
  const before = state();
  for (let call = 0; call < CALLS; call++) work();
  expect(state()).toEqual(before);
}
