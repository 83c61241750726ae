import type { MatmulDims } from "../compute/compute";
import { type Random, random } from "../random";
import type { ComputeLaw } from "./compute-conformance";
import { expectCode, expectSame, expectWithinRounding } from "./expectations";
import { naiveMatmul } from "./naive-matmul";
import { normals } from "./numbers";

const transposes = [false, true].flatMap((transposeA) => [false, true].map((transposeB) => ({ transposeA, transposeB })));

export const matmulLaws: readonly ComputeLaw[] = [
  {
    name: "matmul is A·B within the rounding of its sums, at any size",
    check: ({ matmul }) => {
      const source = random(11);
      for (const [m, k, n] of sizes(source))
        for (const transpose of transposes) {
          const dims = { m, k, n, ...transpose };
          const [a, b] = [normals(source, m * k), normals(source, k * n)];
          const magnitudes = naiveMatmul(a.map(Math.abs), b.map(Math.abs), dims);
          expectWithinRounding(JSON.stringify(dims), matmul(a, b, dims), naiveMatmul(a, b, dims), magnitudes, k);
        }
    },
  },
  {
    name: "matmul gives a row the same bits alone and among any others",
    check: ({ matmul }) => {
      const source = random(12);
      for (const [k, n] of [
        [1, 1],
        [3, 2],
        [7, 5],
        [64, 9],
        [33, 12],
        [130, 31],
        [600, 1],
      ] as const)
        for (const transposeB of [false, true]) {
          const rows = 140;
          const [a, b] = [normals(source, rows * k), normals(source, k * n)];
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
            expectSame(`rows ${from} to ${to} of ${rows} × ${k} × ${n}`, part, all.slice(from * n, to * n));
          }
        }
    },
  },
  {
    name: "matmul of a batch beyond any block is that of its rows",
    check: ({ matmul }) => {
      const source = random(14);
      for (const transposeB of [false, true]) {
        const [m, k, n] = [50_001, 9, 6];
        const [a, b] = [normals(source, m * k), normals(source, k * n)];
        const all = matmul(a, b, { m, k, n, transposeB });
        for (let from = 0; from < m; from += 6001) {
          const to = Math.min(m, from + 17);
          const part = matmul(a.slice(from * k, to * k), b, { m: to - from, k, n, transposeB });
          expectSame(`rows ${from} to ${to}`, part, all.slice(from * n, to * n));
        }
      }
    },
  },
  {
    name: "matmul lets NaN and infinity through, against zeros too",
    check: ({ matmul }) => {
      for (const m of [1, 7, 300])
        for (const transposeB of [false, true]) {
          const dims: MatmulDims = { m, k: 2, n: 5, transposeB };
          const entry = (p: number, j: number): number => (transposeB ? j * 2 + p : p * 5 + j);
          const b = new Float64Array(10).fill(1);
          b[entry(0, 1)] = Number.NaN;
          b[entry(1, 4)] = Number.POSITIVE_INFINITY;
          const a = Float64Array.from({ length: 2 * m }, (_, i) => i % 2);
          const product = matmul(a, b, dims);
          const zeros = matmul(new Float64Array(2 * m), b, dims);
          for (let i = 0; i < m; i++) {
            expectSame("infinity", product.slice(i * 5, i * 5 + 5), Float64Array.of(1, Number.NaN, 1, 1, Number.POSITIVE_INFINITY));
            expectSame("zeros", zeros.slice(i * 5, i * 5 + 5), Float64Array.of(0, Number.NaN, 0, 0, Number.NaN));
          }
        }
    },
  },
  {
    name: "matmul changes no argument, and no result that it gave before",
    check: ({ matmul }) => {
      const source = random(13);
      const dims = { m: 30, k: 26, n: 27 };
      const [a, b] = [normals(source, 30 * 26), normals(source, 26 * 27)];
      const [beforeA, beforeB] = [a.slice(), b.slice()];
      for (const transpose of transposes) {
        const product = matmul(a, b, { ...dims, ...transpose });
        const before = product.slice();
        const again = matmul(b, a, { m: 27, k: 26, n: 30 });
        expectSame("the first product", product, before);
        expectSame("the same product again", matmul(a, b, { ...dims, ...transpose }), before);
        expectSame("the other product again", matmul(b, a, { m: 27, k: 26, n: 30 }), again);
      }
      expectSame("A", a, beforeA);
      expectSame("B", b, beforeB);
    },
  },
  {
    name: "matmul refuses arrays that do not have the sizes",
    check: ({ matmul }) => {
      const product = (a: number, b: number) => matmul(new Float64Array(a), new Float64Array(b), { m: 2, k: 3, n: 4 });
      expectSame("zeros", product(6, 12), new Float64Array(8));
      expectCode("shape", () => product(5, 12));
      expectCode("shape", () => product(6, 13));
    },
  },
];

/** 0, 1, every remainder by 2 and 4, both sides of the blocks, vectors, and a hundred at random. */
function sizes(source: Random): readonly (readonly [number, number, number])[] {
  const edges = [0, 1, 2, 3, 5, 8];
  const small = edges.flatMap((m) => edges.flatMap((k) => edges.map((n) => [m, k, n] as const)));
  const large = [63, 64, 65, 67, 129].map((m) => [m, 17, 6] as const);
  const vectors = [37, 70].flatMap((k) => [61, 64].flatMap((n) => [1, 2, 5].flatMap((m) => [[m, k, n] as const, [n, k, m] as const])));
  const any = Array.from({ length: 100 }, () => [source.integer(80), source.integer(40), source.integer(30)] as const);
  return [...small, ...large, ...vectors, ...any];
}
