import { describe, expect, it } from "vitest";
import { type ConvGeometry, MasoError, plainCompute, type Random, random, roundingBound, sizeOf } from "../../src";
import { naiveConvolve, naiveConvolveAdjoint } from "./naive-convolve";
import { expectWithinRounding } from "./within-rounding";

const { convolve, convolveAdjoint } = plainCompute;

describe("convolve and its adjoint", () => {
  it("are the sums of their definition within rounding", () => {
    const source = random(21);
    for (const geometry of geometries(source)) {
      const rows = source.integer(4);
      const kernel = normals(source, kernelSize(geometry));
      const [x, u] = [normals(source, rows * sizeOf(geometry.input)), normals(source, rows * sizeOf(geometry.output))];
      const absolute = kernel.map(Math.abs);
      expectWithinRounding(
        convolve(x, kernel, geometry),
        naiveConvolve(x, kernel, geometry),
        naiveConvolve(x.map(Math.abs), absolute, geometry),
        kernelSize(geometry) / geometry.output[2],
      );
      expectWithinRounding(
        convolveAdjoint(u, kernel, geometry),
        naiveConvolveAdjoint(u, kernel, geometry),
        naiveConvolveAdjoint(u.map(Math.abs), absolute, geometry),
        kernelSize(geometry) / geometry.input[2] + 1,
      );
    }
  });

  it("satisfy ⟨A x, u⟩ = ⟨x, Aᵀ u⟩", () => {
    const source = random(22);
    for (const geometry of geometries(source)) {
      const kernel = normals(source, kernelSize(geometry));
      const [x, u] = [normals(source, sizeOf(geometry.input)), normals(source, sizeOf(geometry.output))];
      const left = dot(convolve(x, kernel, geometry), u);
      const right = dot(x, convolveAdjoint(u, kernel, geometry));
      const scale = dot(convolve(x.map(Math.abs), kernel.map(Math.abs), geometry), u.map(Math.abs));
      const terms = kernelSize(geometry) + x.length + u.length;
      expect(Math.abs(left - right)).toBeLessThanOrEqual(2 * roundingBound(terms) * scale * (1 + roundingBound(2 * terms)));
    }
  });

  it("give a row the same bits alone and among any others", () => {
    const source = random(23);
    for (const geometry of geometries(source)) {
      const rows = 9;
      const kernel = normals(source, kernelSize(geometry));
      const both = [
        [convolve, sizeOf(geometry.input), sizeOf(geometry.output)],
        [convolveAdjoint, sizeOf(geometry.output), sizeOf(geometry.input)],
      ] as const;
      for (const [map, from, to] of both) {
        const x = normals(source, rows * from);
        const all = map(x, kernel, geometry);
        for (const [first, end] of [
          [0, 1],
          [4, 5],
          [8, 9],
          [1, 3],
          [2, 9],
        ] as const)
          expect(bits(map(x.slice(first * from, end * from), kernel, geometry))).toEqual(bits(all.slice(first * to, end * to)));
      }
    }
  });

  it("cover what a random geometry may miss: no rows, wide padding, a kernel as large as the image, unread edges", () => {
    const source = random(24);
    const special: readonly ConvGeometry[] = [
      geometryOf({ input: [1, 1, 1], kernel: [1, 1], outputs: 1 }),
      geometryOf({ input: [5, 4, 3], kernel: [5, 4], outputs: 6 }),
      geometryOf({
        input: [3, 3, 2],
        kernel: [2, 2],
        outputs: 3,
        padding: [
          [4, 5],
          [6, 3],
        ],
      }),
      geometryOf({
        input: [3, 3, 4],
        kernel: [2, 2],
        outputs: 4,
        groups: 4,
        padding: [
          [4, 5],
          [6, 3],
        ],
      }),
      geometryOf({ input: [8, 9, 2], kernel: [3, 2], outputs: 5, strides: [4, 5] }),
      geometryOf({
        input: [8, 9, 2],
        kernel: [1, 1],
        outputs: 5,
        strides: [3, 2],
        padding: [
          [0, 2],
          [0, 1],
        ],
      }),
      geometryOf({ input: [11, 9, 1], kernel: [3, 3], outputs: 8 }),
      geometryOf({
        input: [12, 12, 3],
        kernel: [3, 3],
        outputs: 5,
        padding: [
          [1, 1],
          [1, 1],
        ],
      }),
    ];
    for (const geometry of special) {
      const kernel = normals(source, kernelSize(geometry));
      expect(convolve(new Float64Array(0), kernel, geometry).length).toBe(0);
      expect(convolveAdjoint(new Float64Array(0), kernel, geometry).length).toBe(0);
      const [x, u] = [integers(source, 3 * sizeOf(geometry.input)), integers(source, 3 * sizeOf(geometry.output))];
      const whole = integers(source, kernel.length);
      expect([...convolve(x, whole, geometry)]).toEqual([...naiveConvolve(x, whole, geometry)]);
      expect([...convolveAdjoint(u, whole, geometry)]).toEqual([...naiveConvolveAdjoint(u, whole, geometry)]);
    }
  });

  it("let NaN through to what reads it and to nothing else", () => {
    const source = random(25);
    for (const groups of [1, 2, 4]) {
      const geometry = geometryOf({ input: [6, 5, 4], kernel: [3, 2], outputs: 4, groups, strides: [2, 1] });
      const kernel = normals(source, kernelSize(geometry));
      const [x, u] = [normals(source, sizeOf(geometry.input)), normals(source, sizeOf(geometry.output))];
      x[53] = Number.NaN;
      u[17] = Number.NaN;
      const nan = (values: Float64Array): number[] => [...values].flatMap((value, i) => (Number.isNaN(value) ? [i] : []));
      expect(nan(convolve(x, kernel, geometry))).toEqual(nan(naiveConvolve(x, kernel, geometry)));
      expect(nan(convolveAdjoint(u, kernel, geometry))).toEqual(nan(naiveConvolveAdjoint(u, kernel, geometry)));
    }
  });

  it("refuse arrays and geometries that do not fit", () => {
    const geometry = geometryOf({ input: [5, 5, 2], kernel: [3, 3], outputs: 4 });
    const kernel = new Float64Array(72);
    const code = (action: () => unknown): string => {
      try {
        action();
      } catch (error) {
        if (error instanceof MasoError) return error.code;
      }
      return "none";
    };
    for (const [map, size] of [
      [convolve, 50],
      [convolveAdjoint, 36],
    ] as const) {
      expect(code(() => map(new Float64Array(size), kernel, geometry))).toBe("none");
      expect(code(() => map(new Float64Array(size + 1), kernel, geometry))).toBe("shape");
      expect(code(() => map(new Float64Array(size), kernel.slice(1), geometry))).toBe("shape");
      expect(code(() => map(new Float64Array(size), kernel, { ...geometry, output: [4, 3, 4] }))).toBe("shape");
      expect(code(() => map(new Float64Array(size), kernel, { ...geometry, groups: 3 }))).toBe("shape");
    }
  });
});

/** Sixty at random over strides, dilations, uneven padding, groups and depthwise, with more than one output per channel too. */
function geometries(source: Random): readonly ConvGeometry[] {
  const pick = (low: number, high: number): number => low + source.integer(high - low + 1);
  const found: ConvGeometry[] = [];
  while (found.length < 60) {
    const groups = pick(1, 3) === 1 ? pick(2, 9) : 1;
    const inputs = groups * (pick(0, 1) === 0 ? 1 : pick(1, 4));
    const geometry = geometryOf({
      input: [pick(1, 11), pick(1, 11), inputs],
      kernel: [pick(1, 4), pick(1, 4)],
      outputs: groups * pick(1, groups === 1 ? 9 : 3),
      strides: [pick(1, 3), pick(1, 3)],
      dilations: [pick(1, 2), pick(1, 3)],
      padding: [
        [pick(0, 2), pick(0, 2)],
        [pick(0, 2), pick(0, 2)],
      ],
      groups,
    });
    if (sizeOf(geometry.output) > 0) found.push(geometry);
  }
  return found;
}

type Parts = Pick<ConvGeometry, "input" | "kernel"> & { readonly outputs: number } & Partial<ConvGeometry>;

function geometryOf({
  input,
  kernel,
  outputs,
  strides = [1, 1],
  dilations = [1, 1],
  padding = [
    [0, 0],
    [0, 0],
  ],
  groups = 1,
}: Parts): ConvGeometry {
  const positions = (axis: 0 | 1): number => {
    const room = input[axis] + padding[axis][0] + padding[axis][1] - (kernel[axis] - 1) * dilations[axis] - 1;
    return room < 0 ? 0 : Math.floor(room / strides[axis]) + 1;
  };
  return { input, output: [positions(0), positions(1), outputs], kernel, strides, dilations, padding, groups };
}

function kernelSize({ kernel, input, output, groups }: ConvGeometry): number {
  return (kernel[0] * kernel[1] * input[2] * output[2]) / groups;
}

function normals(source: Random, length: number): Float64Array {
  return Float64Array.from({ length }, source.normal);
}

/** Small enough for every sum to be exact. */
function integers(source: Random, length: number): Float64Array {
  return Float64Array.from({ length }, () => source.integer(19) - 9);
}

function dot(a: Float64Array, b: Float64Array): number {
  return a.reduce((sum, value, i) => sum + value * b[i], 0);
}

/** The values with their signs of zero, as integers. */
function bits(values: Float64Array): BigUint64Array {
  return new BigUint64Array(values.slice().buffer);
}
