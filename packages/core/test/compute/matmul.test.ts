import { describe, expect, it } from "vitest";
import { MasoError, type MatmulDims, plainCompute, type Random, random } from "../../src";
import { naiveMatmul } from "./naive-matmul";
import { expectWithinRounding } from "./within-rounding";

const { matmul } = plainCompute;
const transposes = [false, true].flatMap((transposeA) => [false, true].map((transposeB) => ({ transposeA, transposeB })));

describe("matmul", () => {
  it("is A·B within the rounding of its sums, at any size", () => {
    const source = random(11);
    for (const [m, k, n] of sizes(source))
      for (const transpose of transposes) {
        const dims = { m, k, n, ...transpose };
        const [a, b] = [normals(source, m * k), normals(source, k * n)];
        expectWithinRounding(matmul(a, b, dims), naiveMatmul(a, b, dims), naiveMatmul(a.map(Math.abs), b.map(Math.abs), dims), k);
      }
  });

  it("gives a row the same bits alone and among any others", () => {
    const source = random(12);
    for (const [k, n] of [
      [1, 1],
      [3, 2],
      [7, 5],
      [64, 9],
      [33, 12],
      [130, 31],
    ] as const)
      for (const transposeB of [false, true]) {
        const [rows, b] = [140, normals(source, k * n)];
        const a = normals(source, rows * k);
        const all = matmul(a, b, { m: rows, k, n, transposeB });
        for (const [from, to] of [
          [0, 1],
          [1, 2],
          [139, 140],
          [3, 5],
          [5, 10],
          [64, 65],
          [63, 69],
          [1, 68],
          [7, 138],
        ] as const) {
          const part = matmul(a.slice(from * k, to * k), b, { m: to - from, k, n, transposeB });
          expect(bits(part)).toEqual(bits(all.slice(from * n, to * n)));
        }
      }
  });

  it("lets NaN and infinity through, against zeros too", () => {
    for (const m of [1, 7])
      for (const transposeB of [false, true]) {
        const dims: MatmulDims = { m, k: 2, n: 5, transposeB };
        const entry = (p: number, j: number): number => (transposeB ? j * 2 + p : p * 5 + j);
        const b = new Float64Array(10).fill(1);
        b[entry(0, 1)] = Number.NaN;
        b[entry(1, 4)] = Number.POSITIVE_INFINITY;
        const product = matmul(
          Float64Array.from({ length: 2 * m }, (_, i) => i % 2),
          b,
          dims,
        );
        for (let i = 0; i < m; i++) expect([...product.slice(i * 5, i * 5 + 5)]).toEqual([1, Number.NaN, 1, 1, Number.POSITIVE_INFINITY]);
        const zeros = matmul(new Float64Array(2 * m), b, dims);
        for (let i = 0; i < m; i++) expect([...zeros.slice(i * 5, i * 5 + 5)]).toEqual([0, Number.NaN, 0, 0, Number.NaN]);
      }
  });

  it("changes no argument", () => {
    const source = random(13);
    const [a, b] = [normals(source, 9 * 6), normals(source, 6 * 7)];
    const [before, beforeB] = [a.slice(), b.slice()];
    for (const transpose of transposes) matmul(a, b, { m: 9, k: 6, n: 7, ...transpose });
    expect([a, b]).toEqual([before, beforeB]);
  });

  it("refuses arrays that do not have the sizes", () => {
    const code = (a: number, b: number): string => {
      try {
        matmul(new Float64Array(a), new Float64Array(b), { m: 2, k: 3, n: 4 });
      } catch (error) {
        if (error instanceof MasoError) return error.code;
      }
      return "none";
    };
    expect([code(6, 12), code(5, 12), code(6, 13)]).toEqual(["none", "shape", "shape"]);
  });
});

/** 0, 1, every remainder by 2 and 4, both sides of the blocks, and a hundred at random. */
function sizes(source: Random): readonly (readonly [number, number, number])[] {
  const edges = [0, 1, 2, 3, 5, 8];
  const small = edges.flatMap((m) => edges.flatMap((k) => edges.map((n) => [m, k, n] as const)));
  const large = [63, 64, 65, 67, 129].map((m) => [m, 17, 6] as const);
  const any = Array.from({ length: 100 }, () => [source.integer(80), source.integer(40), source.integer(30)] as const);
  return [...small, ...large, ...any];
}

function normals(source: Random, length: number): Float64Array {
  return Float64Array.from({ length }, source.normal);
}

/** The values with their signs of zero, as integers. */
function bits(values: Float64Array): BigUint64Array {
  return new BigUint64Array(values.slice().buffer);
}
