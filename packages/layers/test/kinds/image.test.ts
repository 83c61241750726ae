import { type AffineOperator, forward, gain, MasoError, network, type Operator, random, type Shape, sizeOf } from "@maso/core";
import { describe, expect, it } from "vitest";
import { builtins, readNetworkFile } from "../../src";

const seeded = (length: number, seed = 1): Float64Array => {
  const { normal } = random(seed);
  return Float64Array.from({ length }, normal);
};
const tensor = (...shape: number[]) => ({ shape, data: seeded(sizeOf(shape), shape.length) });
const at = (op: Operator, x: Float64Array): Float64Array =>
  forward(network({ inputs: op.inputs, nodes: [{ id: "it", op, from: [0] }], output: 1 }), x);
const affine = (op: Operator): AffineOperator => {
  if (op.type !== "affine") throw new Error("expected an affine operator");
  return op;
};

/** Every input pixel paints its kernel into the output: out[y s + i − top, x s + j − left, d] += kernel[i, j, d, c] · in[y, x, c]. */
function painted(
  x: Float64Array,
  [height, width, channels]: readonly number[],
  kernel: ReturnType<typeof tensor>,
  output: Shape,
  s: number,
  [top, left]: readonly number[],
) {
  const result = new Float64Array(sizeOf(output));
  const [kh, kw, out] = kernel.shape as [number, number, number];
  for (let y = 0; y < height!; y++)
    for (let px = 0; px < width!; px++)
      for (let c = 0; c < channels!; c++)
        for (let i = 0; i < kh; i++)
          for (let j = 0; j < kw; j++)
            for (let d = 0; d < out; d++) {
              const [oy, ox] = [y * s + i - top!, px * s + j - left!];
              if (oy < 0 || ox < 0 || oy >= output[0]! || ox >= output[1]!) continue;
              result[(oy * output[1]! + ox) * out + d]! +=
                kernel.data[((i * kw + j) * out + d) * channels! + c]! * x[(y * width! + px) * channels! + c]!;
            }
  return result;
}

describe("conv2d-transpose", () => {
  const input = [3, 2, 2];
  it.each([
    [{ strides: 2 }, [7, 5, 3], [0, 0]],
    [{ strides: 4 }, [12, 8, 3], [0, 0]],
    [{ strides: 2, padding: "same" }, [6, 4, 3], [0, 0]],
    [{ strides: 2, padding: "same", outputSize: [5, 3] }, [5, 3, 3], [1, 1]],
    [{ strides: 2, outputSize: [8, 6] }, [8, 6, 3], [0, 0]],
    [
      {
        strides: 3,
        padding: [
          [1, 0],
          [2, 1],
        ],
      },
      [8, 3, 3],
      [1, 2],
    ],
  ] as const)("%j paints %j", (params, output, corner) => {
    const kernel = tensor(3, 3, 3, 2);
    const op = builtins.build("conv2d-transpose", { kernel, ...params } as never, input);
    expect(op.output).toEqual(output);
    const x = seeded(12, 7);
    const expected = painted(x, input, kernel, output, params.strides, corner);
    at(op, x).forEach((value, k) => expect(value).toBeCloseTo(expected[k]!, 12));
  });

  it("adds a bias per channel", () => {
    const [kernel, zero] = [tensor(3, 3, 3, 2), new Float64Array(12)];
    expect([...at(builtins.build("conv2d-transpose", { kernel, bias: [1, 2, 3] }, input), zero)].slice(0, 4)).toEqual([1, 2, 3, 1]);
  });
});

describe("gains are bounds on the norms of the whole matrix", () => {
  it.each([
    ["conv2d-transpose", { kernel: tensor(3, 2, 2, 3), strides: 2, padding: "same" }, [3, 4, 3]],
    ["conv2d-transpose", { kernel: tensor(2, 3, 1, 4), groups: 2, dilations: 2 }, [3, 3, 4]],
    ["conv1d", { kernel: tensor(3, 2, 3), strides: 2 }, [7, 2]],
    ["resize2d", { size: [7, 3], halfPixelCenters: true }, [4, 5, 2]],
    ["resize2d", { size: [2, 9], alignCorners: true }, [4, 5, 1]],
    ["resize2d", { size: [9, 2], method: "nearest" }, [4, 5, 1]],
    ["upsample2d", { size: [2, 3], interpolation: "bilinear" }, [3, 4, 2]],
    ["avg-pool1d", { poolSize: 3, strides: 2, padding: "same" }, [8, 2]],
  ] as const)("%s %#", (kind, params, input) => {
    const op = affine(builtins.operator(kind, params, [input]));
    const columns = new Float64Array(sizeOf(input));
    let largest = 0;
    for (let k = 0; k < sizeOf(op.output); k++) {
      const { indices, values } = op.row(k);
      largest = Math.max(
        largest,
        values.reduce((sum, value) => sum + Math.abs(value), 0),
      );
      indices.forEach((j, i) => {
        columns[j]! += Math.abs(values[i]!);
      });
    }
    expect(gain(op, "inf").value).toBeGreaterThanOrEqual(largest);
    expect(gain(op, 1).value).toBeGreaterThanOrEqual(Math.max(...columns));
    // A lower bound on the 2-norm, by power iteration.
    let v = seeded(sizeOf(input), 11);
    let norm = 0;
    for (let i = 0; i < 200; i++) {
      const image = at({ ...op, bias: Float64Array.of(0) }, v);
      norm = Math.hypot(...image) / Math.hypot(...v);
      v = new Float64Array(v.length);
      image.forEach((value, k) => {
        const { indices, values } = op.row(k);
        indices.forEach((j, e) => {
          v[j]! += value * values[e]!;
        });
      });
    }
    expect(gain(op, 2).value).toBeGreaterThanOrEqual(norm * (1 - 1e-12));
  });
});

describe("bilinear weights are those of the two neighbours", () => {
  const row = (params: object, y: number): number[] => {
    const { indices, values } = affine(builtins.operator("resize2d", params, [[4, 1, 1]])).row(y);
    return [...indices].flatMap((j, i) => [j, values[i]!]);
  };
  it("by first corners, by centres, by the outer centres", () => {
    expect(row({ size: [8, 1] }, 3)).toEqual([1, 0.5, 2, 0.5]);
    expect(row({ size: [8, 1] }, 7)).toEqual([3, 1]);
    expect(row({ size: [8, 1], halfPixelCenters: true }, 0)).toEqual([0, 1]);
    expect(row({ size: [8, 1], halfPixelCenters: true }, 1)).toEqual([0, 0.75, 1, 0.25]);
    expect(row({ size: [7, 1], alignCorners: true }, 5)).toEqual([2, 0.5, 3, 0.5]);
    expect(row({ size: [7, 1], alignCorners: true }, 6)).toEqual([3, 1]);
  });
});

describe("bad parameters are errors with their place", () => {
  const kernel = [[[[1]]]];
  it.each([
    ["conv1d", [4, 1], { kernel }, "params", "kernel: expected 3 levels of arrays, got 4"],
    ["conv1d", [4, 1], { kernel: [[[1]]], padding: [1] }, "params", 'padding: expected "valid", "same" or [before, after]'],
    ["conv1d", [4, 2], { kernel: [[[1]]] }, "shape", "kernel: expected 2 input channels, got 1"],
    ["conv1d", [4, 1, 1], { kernel: [[[1]]] }, "shape", "needs to be a sequence, [length, channels]"],
    ["conv1d", [4, 1], { kernel: [[[1]]], strides: 0 }, "params", "strides: expected a whole number of at least 1"],
    ["conv2d-transpose", [2, 2, 2], { kernel }, "shape", "kernel: expected 2 input channels, got 1"],
    [
      "conv2d-transpose",
      [2, 2, 1],
      { kernel, outputSize: [5, 2] },
      "shape",
      "outputSize: an output of 5 × 2 with strides 1, 1 belongs to an input of 5 × 2, not 2 × 2",
    ],
    ["conv2d-transpose", [2, 2, 1], { kernel, bias: [1, 2] }, "shape", "bias: expected 1 values, got 2"],
    ["conv2d-transpose", [2, 2, 1], { kernel, groups: 2 }, "shape", "kernel: expected input channels in 2 equal groups, got 1"],
    [
      "conv2d-transpose",
      [1, 1, 1],
      {
        kernel,
        padding: [
          [1, 0],
          [0, 0],
        ],
      },
      "shape",
      "[0,1,1]",
    ],
    ["conv2d-transpose", [1, 1, 1], { kernel, output_size: [1, 1] }, "params", "output_size"],
    ["avg-pool1d", [3, 1], { poolSize: 4 }, "shape", "padding: a window of 4 does not fit into 3 values"],
    ["avg-pool1d", [3, 1], { poolSize: 2, padding: [2, 0], strides: 1 }, "shape", "padding: window 0 along axis 0 lies outside the image"],
    ["max-pool1d", [3, 1], {}, "params", "poolSize"],
    ["global-max-pool2d", [3, 1], {}, "shape", "needs to be an image"],
    ["resize2d", [2, 2, 1], {}, "params", "size"],
    ["resize2d", [2, 2, 1], { size: 0 }, "params", "size"],
    ["resize2d", [2, 2, 1], { size: 2, method: "bicubic" }, "params", 'method: expected "nearest" or "bilinear"'],
    ["resize2d", [2, 2, 1], { size: 2, alignCorners: true, halfPixelCenters: true }, "params", "got both"],
    ["upsample2d", [2, 2, 1], { interpolation: "area" }, "params", 'interpolation: expected "nearest" or "bilinear"'],
    ["depth-to-space", [2, 2, 6], { blockSize: 2 }, "shape", "blockSize: expected channels that divide into blocks of 2 × 2, got 6"],
    [
      "space-to-depth",
      [2, 3, 1],
      { blockSize: 2 },
      "shape",
      "blockSize: expected an image that divides into blocks of 2 × 2, got [2, 3, 1]",
    ],
  ] as const)("%s on %j, %j", (kind, input, params, code, says) => {
    const file = { format: "maso-network", version: 1, input, layers: [{ kind, params }] };
    let error: unknown;
    try {
      readNetworkFile(file);
    } catch (thrown) {
      error = thrown;
    }
    if (!(error instanceof MasoError)) throw new Error(`expected an error, got ${error}`);
    expect(error.code).toBe(code);
    expect(error.message).toContain("layers[0]");
    expect(error.message).toContain(says);
  });
});
