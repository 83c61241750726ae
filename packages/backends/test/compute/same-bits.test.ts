import { type ConvGeometry, elementwise, type MatmulDims, plainCompute, quantizer, type Random, random, sizeOf, unitsOf } from "@maso/core";
import { describe, expect, it } from "vitest";
import { wasmComputeSync } from "../../src/compute";

const wasm = wasmComputeSync();

/** The sums of plainCompute in its order, so every result has its bits: stronger than the rounding bounds of the conformance kit. */
describe("the bits are those of plainCompute", () => {
  it("in products of any shape", () => {
    const source = random(41);
    for (let trial = 0; trial < 300; trial++) {
      const [m, k, n] = [1 + source.integer(90), 1 + source.integer(90), 1 + source.integer(90)];
      checkProduct(source, { m, k, n, transposeA: source.integer(2) === 1, transposeB: source.integer(2) === 1 });
    }
  });

  it("in products with a vector, and with few rows", () => {
    const source = random(42);
    for (const transposeA of [false, true])
      for (const transposeB of [false, true])
        for (const [m, k, n] of [
          [1, 333, 217],
          [5, 64, 1001],
          [217, 333, 1],
          [2, 40_001, 3],
          [3, 3, 40_001],
        ] as const)
          checkProduct(source, { m, k, n, transposeA, transposeB });
  });

  it("in products beyond the blocks of columns, and beyond the memory", () => {
    const source = random(43);
    checkProduct(source, { m: 7, k: 2100, n: 1003 });
    checkProduct(source, { m: 7, k: 2100, n: 1003, transposeB: true });
    checkProduct(source, { m: 6, k: 700_001, n: 2 });
    checkProduct(source, { m: 1, k: 3, n: 5_000_000 });
  });

  it("in convolutions and their adjoints, depthwise and grouped too", () => {
    const source = random(44);
    for (const geometry of geometries)
      for (const map of ["convolve", "convolveAdjoint"] as const) {
        const from = sizeOf(map === "convolve" ? geometry.input : geometry.output);
        const kernel = values(source, (geometry.kernel[0] * geometry.kernel[1] * geometry.input[2] * geometry.output[2]) / geometry.groups);
        const x = values(source, 3 * from);
        expectSame(wasm[map](x, kernel, geometry), plainCompute[map](x, kernel, geometry));
      }
  });

  it("in a convolution of an image beyond the memory", () => {
    const source = random(45);
    const geometry = square(2500, 1, 1, {});
    const [x, kernel] = [values(source, sizeOf(geometry.input)), values(source, 9)];
    expectSame(wasm.convolve(x, kernel, geometry), plainCompute.convolve(x, kernel, geometry));
  });

  it("in quantizers at values that are no numbers", () => {
    const source = random(46);
    const window = { type: "window", size: [2, 2], strides: [2, 2], dilations: [1, 1] } as const;
    const pool = (selectors: "pieces" | "-pieces") =>
      quantizer({
        inputs: [[9, 9, 6]],
        output: [5, 5, 6],
        reads: {
          ...window,
          padding: [
            [0, 1],
            [1, 0],
          ],
        },
        pieces: "values",
        selectors,
      });
    for (const body of [
      pool("pieces"),
      pool("-pieces"),
      elementwise([486], { slopes: [0, 1] }),
      elementwise([6], { slopes: [-1, 0.5, 2] }),
    ]) {
      const v = values(source, 486 * 30);
      for (let i = 0; i < v.length; i += 1 + source.integer(9)) v[i] = strange[source.integer(strange.length)]!;
      const [actual, expected] = [wasm.quantizeHard(unitsOf(body), v), plainCompute.quantizeHard(unitsOf(body), v)];
      expectSame(actual.values, expected.values);
      expect(actual.choice).toEqual(expected.choice);
    }
  });

  it("in products of values that are no numbers, or nearly none", () => {
    const source = random(47);
    for (const [m, n] of [
      [20, 19],
      [3, 70],
      [70, 1],
    ] as const) {
      const [a, b] = [values(source, m * 30), values(source, 30 * n)];
      for (let i = 0; i < 5; i++) a[source.integer(a.length)] = b[source.integer(b.length)] = strange[i]!;
      expectSame(wasm.matmul(a, b, { m, k: 30, n }), plainCompute.matmul(a, b, { m, k: 30, n }));
    }
  });
});

const strange = [Number.NaN, Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY, -0, Number.MIN_VALUE, -Number.MAX_VALUE];

const geometries: readonly ConvGeometry[] = [
  square(20, 8, 12, { pad: 1 }),
  square(17, 3, 7, { pad: 1, stride: 2 }),
  square(16, 12, 8, { groups: 4 }),
  square(15, 6, 18, { groups: 6, pad: 2 }),
  square(19, 21, 21, { groups: 21, pad: 1 }),
  square(14, 16, 16, { groups: 16, stride: 2, dilation: 2 }),
  square(5, 33, 10, { pad: 1, dilation: 2 }),
  square(12, 20, 9, { extent: 1 }),
  square(100, 2, 3, { extent: 5 }),
];

function square(
  size: number,
  inputs: number,
  outputs: number,
  {
    extent = 3,
    pad = 0,
    stride = 1,
    dilation = 1,
    groups = 1,
  }: Partial<Record<"extent" | "pad" | "stride" | "dilation" | "groups", number>>,
): ConvGeometry {
  const positions = Math.floor((size + 2 * pad - (extent - 1) * dilation - 1) / stride) + 1;
  return {
    input: [size, size, inputs],
    output: [positions, positions, outputs],
    kernel: [extent, extent],
    strides: [stride, stride],
    dilations: [dilation, dilation],
    padding: [
      [pad, pad],
      [pad, pad],
    ],
    groups,
  };
}

function checkProduct(source: Random, dims: MatmulDims): void {
  const [a, b] = [values(source, dims.m * dims.k), values(source, dims.k * dims.n)];
  expectSame(wasm.matmul(a, b, dims), plainCompute.matmul(a, b, dims));
}

/** Normal numbers, at an address that is no multiple of 16. */
function values(source: Random, length: number): Float64Array {
  const result = new Float64Array(length + 2).subarray(source.integer(2)).subarray(0, length);
  for (let i = 0; i < length; i++) result[i] = source.normal();
  return result;
}

/** Signs of zero count; one NaN is as good as another. */
function expectSame(actual: Float64Array, expected: Float64Array): void {
  expect(actual.length).toBe(expected.length);
  const different = actual.findIndex((value, i) => !Object.is(value, expected[i]));
  if (different >= 0) expect.fail(`value ${different} is ${actual[different]}; plainCompute has ${expected[different]}`);
}
