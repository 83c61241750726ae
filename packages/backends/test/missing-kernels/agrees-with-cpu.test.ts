import { random } from "@maso/core";
import * as tf from "@tensorflow/tfjs-core";
import { beforeAll, describe, expect, it } from "vitest";
import { registerMissingKernels } from "../../src/missing-kernels";
import { type Convolution, type GradientCall, gradientCalls, randomConvolution } from "./geometries";
import { magnitudes, normals, runKernel, sumTolerance } from "./run-kernel";

beforeAll(async () => {
  await tf.setBackend("wasm");
  registerMissingKernels(tf);
});

/** The kernels of tfjs's cpu backend add up in float64: they are the oracle, and on magnitudes the scale of the tolerance. */
describe("what the cpu backend computes, up to the rounding of float32 sums", () => {
  it("in convolutions of random shapes, strides and paddings", () => {
    const source = random(51);
    for (let trial = 0; trial < 100; trial++) check(...gradientCalls(source, randomConvolution(source, false)));
  });

  it("in depthwise ones, with several outputs a channel too", () => {
    const source = random(52);
    for (let trial = 0; trial < 100; trial++) check(...gradientCalls(source, randomConvolution(source, true)));
  });

  const cases: Readonly<Record<string, Convolution>> = {
    "a filter as large as the image": { x: [2, 5, 6, 9], filter: [5, 6, 9, 11] },
    "a filter larger than the image": { x: [2, 3, 2, 3], filter: [5, 7, 3, 4], pad: "same" },
    "one channel and one output": { x: [3, 9, 9, 1], filter: [3, 3, 1, 1], pad: "same" },
    "strides longer than the filter": { x: [1, 11, 11, 3], filter: [2, 2, 3, 5], strides: [5, 4] },
    "a number for the padding": { x: [2, 8, 7, 4], filter: [3, 3, 4, 6], strides: [2, 2], pad: 2, dimRoundingMode: "floor" },
    "outputs rounded up": { x: [2, 8, 7, 4], filter: [3, 3, 4, 6], strides: [2, 2], pad: 1, dimRoundingMode: "ceil" },
    // More values than are worked on at a time.
    "an image in several blocks": { x: [2, 40, 50, 70], filter: [2, 2, 70, 1], pad: "same" },
    "a row in several blocks": { x: [1, 2, 2500, 60], filter: [1, 3, 60, 1], pad: "same" },
    "a row in several blocks, with strides": { x: [1, 2, 2501, 40], filter: [2, 3, 40, 1], strides: [1, 2], pad: 1 },
    "several images in a block, and fewer in the last": { x: [7, 10, 10, 400], filter: [1, 2, 400, 1], pad: "same" },
  };
  for (const [name, convolution] of Object.entries(cases))
    it(`in ${name}`, () => {
      const { x, filter } = convolution;
      const source = random(53);
      check(...gradientCalls(source, convolution));
      check(...gradientCalls(source, { ...convolution, filter: [filter[0], filter[1], x[3], 2], depthwise: true }));
    });

  it("in more filter values than fit at a time: one position, whose products are exact", () => {
    const source = random(56);
    const [x, dy] = [normals(source, [1, 1, 1, 1500]), normals(source, [1, 1, 1, 1450])];
    const attributes = { strides: 1, pad: "valid", dataFormat: "NHWC", filterShape: [1, 1, 1500, 1450] };
    const actual = runKernel("wasm", "Conv2DBackpropFilter", { x, dy }, attributes);
    expect(actual.findIndex((value, i) => value !== Math.fround(x.data[Math.floor(i / 1450)]! * dy.data[i % 1450]!))).toBe(-1);
  });

  it("in images with their channels first", () => {
    const source = random(54);
    const inputs = { x: normals(source, [2, 3, 7, 8]), dy: normals(source, [2, 5, 5, 6]) };
    const attributes = { strides: 1, pad: "valid", dataFormat: "NCHW", filterShape: [3, 3, 3, 5] };
    check({ kernel: "Conv2DBackpropFilter", inputs, attributes, terms: 2 * 5 * 6 });
  });

  it("in whole numbers, and where there are no images", () => {
    const source = random(55);
    const whole = { data: Int32Array.from({ length: 2 * 5 * 5 * 3 }, () => source.integer(9) - 4), shape: [2, 5, 5, 3] };
    const attributes = { strides: 1, pad: "valid", dilations: 1, dataFormat: "NHWC", filterShape: [3, 3, 3, 1], inputShape: [0, 5, 5, 3] };
    for (const kernel of ["Conv2DBackpropFilter", "DepthwiseConv2dNativeBackpropFilter"]) {
      const outputs = kernel === "Conv2DBackpropFilter" ? 1 : 3;
      check({ kernel, inputs: { x: whole, dy: normals(source, [2, 3, 3, outputs]) }, attributes, terms: 18 });
      check({ kernel, inputs: { x: normals(source, [0, 5, 5, 3]), dy: normals(source, [0, 3, 3, outputs]) }, attributes, terms: 0 });
    }
    const empty = { dy: normals(source, [0, 3, 3, 3]), filter: normals(source, [3, 3, 3, 1]) };
    expect(runKernel("wasm", "DepthwiseConv2dNativeBackpropInput", empty, attributes)).toHaveLength(0);
  });
});

function check(...calls: readonly GradientCall[]): void {
  for (const { kernel, inputs, attributes, terms } of calls) {
    const actual = runKernel("wasm", kernel, inputs, attributes);
    const expected = runKernel("cpu", kernel, inputs, attributes);
    const absolute = Object.fromEntries(Object.entries(inputs).map(([name, values]) => [name, magnitudes(values)]));
    const scale = runKernel("cpu", kernel, absolute, attributes);
    expect(actual.length).toBe(expected.length);
    const tolerance = sumTolerance(terms);
    const wrong = actual.findIndex((value, i) => !(Math.abs(value - expected[i]!) <= tolerance * scale[i]!));
    if (wrong >= 0)
      expect.fail(`${kernel} ${JSON.stringify(attributes)}: value ${wrong} is ${actual[wrong]}; the cpu backend has ${expected[wrong]}`);
  }
}
