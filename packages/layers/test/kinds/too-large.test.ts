import type { Shape } from "@maso/core";
import { describe, expect, it } from "vitest";
import { builtins } from "../../src";

const kernel = [[[[1]]]];

/** Small files that ask for more than can be held. */
const absurd: readonly (readonly [kind: string, params: object, input: Shape])[] = [
  ["upsample2d", { size: 15_000 }, [2, 2, 1]],
  ["upsample2d", { size: 1e9 }, [2, 2, 1]],
  ["upsample2d", { size: 15_000, interpolation: "bilinear" }, [2, 2, 1]],
  ["resize2d", { size: 20_000 }, [2, 2, 1]],
  ["resize2d", { size: [1, 2 ** 26] }, [2, 2, 1]],
  ["resize2d", { size: 1e9, method: "nearest" }, [2, 2, 1]],
  [
    "conv2d",
    {
      kernel,
      padding: [
        [20_000, 20_000],
        [20_000, 20_000],
      ],
    },
    [2, 2, 1],
  ],
  [
    "conv2d",
    {
      kernel,
      strides: 9000,
      padding: [
        [20_000, 20_000],
        [20_000, 20_000],
      ],
    },
    [2, 2, 1],
  ],
  ["conv2d", { kernel: [[[[1]], [[1]]]], dilations: [1, 1e9], padding: "same" }, [2, 2, 1]],
  ["avg-pool2d", { poolSize: 9000, padding: "same", strides: 1 }, [9000, 9000, 1]],
  ["max-pool2d", { poolSize: 1e8, padding: "same", strides: 1 }, [2, 2, 1]],
  ["max-pool2d", { poolSize: 30, strides: 1 }, [4000, 4000, 1]],
  [
    "zero-pad2d",
    {
      padding: [
        [1e9, 0],
        [0, 1e9],
      ],
    },
    [2, 2, 1],
  ],
  ["pad", { paddings: [[1e9, 1e9]] }, [2]],
  ["tile", { multiples: [1e9] }, [2]],
  ["broadcast", { shape: [1e9, 2] }, [2]],
]; // prettier-ignore

describe("too much is refused before it is allocated", () => {
  it.each(absurd.filter(([kind]) => builtins.plugins.has(kind)))("%s %j on %j", (kind, params, input) => {
    const start = performance.now();
    expect(() => builtins.operator(kind, params, [input])).toThrowError(expect.objectContaining({ name: "MasoError", code: "too-large" }));
    expect(performance.now() - start).toBeLessThan(1000);
  });

  it("a window far larger than the image covers what there is of it", () => {
    const start = performance.now();
    const op = builtins.build("avg-pool2d", { poolSize: 1e8, padding: "same", strides: 1 }, [2, 2, 1]);
    expect(op.type === "affine" && op.row(0)).toMatchObject({ values: Float64Array.of(0.25, 0.25, 0.25, 0.25) });
    expect(performance.now() - start).toBeLessThan(1000);
  });
});
