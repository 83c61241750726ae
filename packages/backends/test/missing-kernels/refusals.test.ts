import { MasoError } from "@maso/core";
import * as tf from "@tensorflow/tfjs-core";
import { beforeAll, expect, it } from "vitest";
import { registerMissingKernels } from "../../src/missing-kernels";
import "./run-kernel";

beforeAll(async () => {
  await tf.setBackend("wasm");
  registerMissingKernels(tf);
});

const attributes = { strides: 1, pad: "valid", dilations: 1, dataFormat: "NHWC", filterShape: [3, 3, 2, 4], inputShape: [1, 6, 6, 2] };
const x = () => tf.zeros([1, 6, 6, 2]);

it.each([
  ["Conv2DBackpropFilter", () => ({ x: x(), dy: tf.zeros([1, 4, 5, 4]) }), attributes, "shape"],
  ["Conv2DBackpropFilter", () => ({ x: tf.zeros([6, 6, 2]), dy: tf.zeros([1, 4, 4, 4]) }), attributes, "shape"],
  ["Conv2DBackpropFilter", () => ({ x: tf.zeros([1, 6, 6, 3]), dy: tf.zeros([1, 4, 4, 4]) }), attributes, "shape"],
  [
    "Conv2DBackpropFilter",
    () => ({ x: tf.tensor(Array(72).fill("a"), [1, 6, 6, 2], "string"), dy: tf.zeros([1, 4, 4, 4]) }),
    attributes,
    "params",
  ],
  ["Conv2DBackpropFilter", () => ({ x: x(), dy: tf.zeros([1, 4, 4, 4]) }), { ...attributes, dataFormat: "NCWH" }, "params"],
  ["DepthwiseConv2dNativeBackpropFilter", () => ({ x: x(), dy: tf.zeros([1, 4, 4, 4]) }), attributes, "shape"],
  ["DepthwiseConv2dNativeBackpropInput", () => ({ dy: tf.zeros([2, 4, 4, 8]), filter: tf.zeros([3, 3, 2, 4]) }), attributes, "shape"],
  [
    "Conv2DBackpropFilter",
    () => ({ x: tf.zeros([1, 1, 1, 2 ** 21]), dy: tf.zeros([1, 1, 1, 1]) }),
    { ...attributes, filterShape: [1, 1, 2 ** 21, 1] },
    "too-large",
  ],
  [
    "DepthwiseConv2dNativeBackpropFilter",
    () => ({ x: tf.zeros([1, 1, 1, 2 ** 22]), dy: tf.zeros([1, 1, 1, 2 ** 22]) }),
    { ...attributes, filterShape: [1, 1, 2 ** 22, 1] },
    "too-large",
  ],
  [
    "DepthwiseConv2dNativeBackpropInput",
    () => ({ dy: tf.zeros([1, 1, 1, 2 ** 23]), filter: tf.zeros([1, 1, 2 ** 23, 1]) }),
    { ...attributes, inputShape: [1, 1, 1, 2 ** 23] },
    "too-large",
  ],
] as const)("%s refuses what it cannot compute, by a code, and leaves nothing behind: case %#", (kernel, make, given, code) => {
  const inputs: tf.NamedTensorMap = make();
  const before = [tf.memory().numTensors, tf.engine().backend.numDataIds()];
  let failure: unknown;
  try {
    tf.engine().runKernel(kernel, inputs, given as unknown as tf.NamedAttrMap);
  } catch (error) {
    failure = error;
  }
  expect(failure).toBeInstanceOf(MasoError);
  expect(failure).toMatchObject({ code, message: expect.stringMatching(new RegExp(`^${kernel}: `)) });
  expect([tf.memory().numTensors, tf.engine().backend.numDataIds()]).toEqual(before);
  tf.dispose(inputs);
});
