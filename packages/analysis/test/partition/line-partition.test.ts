import { derivative, forward, type Network, outputShape, plainCompute, sizeOf, soften } from "@maso/core";
import { describe, expect, it } from "vitest";
import { type LinePartition, linePartition } from "../../src";
import { fusePairs } from "../../src/partition/fuse-pairs";
import { Line } from "../../src/partition/line-chunks";
import { finished } from "../../src/partition/pauses";
import { stagesOf } from "../../src/partition/stages";
import { chainOf, convolutional, weights } from "../networks";
import { exactCodes } from "./exact-codes";
import { lineOracle } from "./line-oracle";
import { randomCase } from "./random-networks";

const of = (...values: number[]): Float64Array => Float64Array.from(values);

describe("pieces on a segment", () => {
  it.each([1, 2, 5, 10])("a tent map composed %i times has 2^L of them", async (times) => {
    const { pieces, breakpoints, outputs, integratedGradients, completenessError } = await linePartition(tent(times), of(0), of(1));
    expect(pieces).toBe(2 ** times);
    expect([...breakpoints]).toEqual(Array.from({ length: 2 ** times - 1 }, (_, k) => (k + 1) / 2 ** times));
    expect([...outputs]).toEqual(Array.from({ length: 2 ** times + 1 }, (_, k) => k % 2));
    expect([integratedGradients[0], completenessError]).toEqual([0, 0]);
  });

  it.each([
    { name: "into the opposite quadrant through the origin", from: [-1, -1], to: [1, 1], expected: [0.5] },
    { name: "past the origin", from: [-1, -0.5], to: [1, 1.5], expected: [0.25, 0.5] },
    { name: "along a facet", from: [-1, 0], to: [3, 0], expected: [0.25] },
    { name: "from a vertex along a facet", from: [0, 0], to: [3, 0], expected: [] },
    { name: "from the origin", from: [0, 0], to: [1, -1], expected: [] },
    { name: "up to a facet", from: [1, 1], to: [0, 2], expected: [] },
    { name: "nowhere", from: [0.25, 0], to: [0.25, 0], expected: [] },
    { name: "across two thirds", from: [-2, 1], to: [1, 1], expected: [2 / 3] },
  ])("quadrants of the identity: $name", async ({ from, to, expected }) => {
    const line = await linePartition(chainOf([2], ["relu"]), Float64Array.from(from), Float64Array.from(to));
    expect([...line.breakpoints]).toEqual(expected);
    expect(line.pieces).toBe(expected.length + 1);
    expect(line.completenessError).toBeLessThanOrEqual(1e-12);
  });

  it("touching a facet is no crossing, and what coincides counts once", async () => {
    const network = chainOf([1], ["dense", { weight: [[1], [-2], [1]], bias: [0, 0, 0] }], ["abs"], ["relu"]);
    expect([...(await linePartition(network, of(-1), of(3))).breakpoints]).toEqual([0.25]);
  });

  it("a ReLU and the max-pool behind it are one unit", async () => {
    const network = chainOf([2, 1, 1], ["relu"], ["max-pool2d", { poolSize: [2, 1] }]);
    // Below 0 in both: one piece; then the larger one, of which the other's sign is no matter.
    expect([...(await linePartition(network, of(-3, -1), of(5, -1))).breakpoints]).toEqual([3 / 8]);
    expect([...(await linePartition(network, of(-3, 1), of(5, 1))).breakpoints]).toEqual([0.5]);
  });

  it.each(Array.from({ length: 8 }, (_, block) => 50 * block))("are the plane's, for 50 random networks from seed %i on", async (first) => {
    for (let seed = first; seed < first + 50; seed++) {
      const { network, from, to } = randomLine(seed);
      const expected = lineOracle(network, from, to);
      if (expected === null) continue;
      const { breakpoints } = await linePartition(network, from, to);
      expect(breakpoints, `seed ${seed}`).toHaveLength(expected.length);
      breakpoints.forEach((t, i) => {
        expect(Math.abs(t - expected[i]!), `seed ${seed}`).toBeLessThan(1e-9);
      });
    }
  });

  it.each(Array.from({ length: 8 }, (_, block) => 1000 + 50 * block))(
    "have one code each, another than the next, for 50 random networks from seed %i on",
    async (first) => {
      for (let seed = first; seed < first + 50; seed++) {
        const { network, from, to } = randomLine(seed);
        const line = await linePartition(network, from, to);
        expectOneCodeEach(line, exactCodes(network, from, to), `seed ${seed}`);
      }
    },
  );
});

describe("a segment in runs of neighbouring points", () => {
  it.each([1, 2, 3])("of %i intervals has the same points and codes as in one", (most) => {
    for (let seed = 3000; seed < 3100; seed++) {
      const { network, from, to } = randomLine(seed);
      const stages = finished(stagesOf(fusePairs(network), plainCompute));
      const walk = (runs?: number): string[] => {
        const line = new Line(stages, from, to, plainCompute);
        const seen: string[] = [];
        for (const chunk of line.chunks(runs)) {
          if (chunk === null) continue;
          const codes = line.codes.all(chunk);
          const pieces = chunk.points.length - 1;
          for (let i = 0; i < pieces; i++)
            seen.push(
              `${chunk.points[i]!.t} ${codes.map((code) => code?.subarray((i * code.length) / pieces, ((i + 1) * code.length) / pieces).join())}`,
            );
        }
        return seen;
      };
      expect(walk(most), `seed ${seed}`).toEqual(walk());
    }
  });
});

describe("values on a segment", () => {
  it("outputs, gradients and completeness, for random networks", async () => {
    for (let seed = 2000; seed < 2300; seed++) {
      const { network, from, to } = randomLine(seed);
      const line = await linePartition(network, from, to);
      expect(line.completenessError, `seed ${seed}`).toBeLessThanOrEqual(1e-12);
      expectClose(line.outputs, forward(network, pointsAt(line, from, to)), `outputs of seed ${seed}`);
      expectClose(line.integratedGradients, gradientsByMiddles(network, line, from, to), `gradients of seed ${seed}`);
    }
  });

  it("gradients that cancel out are 0", async () => {
    // A hat of which no corner is a float, on an input that moves alone.
    const network = chainOf(
      [2],
      [
        "dense",
        {
          weight: [
            [3, 0.1],
            [-3, -0.1],
          ],
          bias: [0.7, -0.7],
        },
      ],
      ["relu"],
      ["dense", { weight: [[-1, -1]], bias: [0.3] }],
      ["relu"],
    );
    const line = await linePartition(network, of(-7, 0.3), of(11, 0.3));
    expect(line.pieces).toBe(4);
    expect([...line.integratedGradients]).toEqual([0, 0]);
    expect(line.completenessError).toBe(0);
  });

  it("chosen outputs, of a convolution with max-pool", async () => {
    const [from, to] = [weights(5, 128).data, weights(6, 128).data];
    const all = await linePartition(convolutional, from, to);
    const some = await linePartition(convolutional, from, to, { rows: [3, 1] });
    expect(some.rows).toEqual([3, 1]);
    expect(some.integratedGradients.subarray(0, 128)).toEqual(all.integratedGradients.subarray(3 * 128, 4 * 128));
    expect(some.integratedGradients.subarray(128)).toEqual(all.integratedGradients.subarray(128, 256));
    expect((await linePartition(convolutional, from, to, { rows: [] })).integratedGradients).toHaveLength(0);
    expectClose(all.integratedGradients, gradientsByMiddles(convolutional, all, from, to), "gradients");
    expect(all.completenessError).toBeLessThanOrEqual(1e-12);
  });

  it("an affine network has one piece", async () => {
    const network = chainOf([3], ["dense", { weight: weights(1, 2, 3), bias: weights(2, 2) }]);
    const line = await linePartition(network, of(1, 2, 3), of(0, -1, 5));
    expect(line.pieces).toBe(1);
    expect(line.completenessError).toBeLessThanOrEqual(1e-12);
  });
});

describe("long work", () => {
  const layers = [784, 128, 128, 128, 10];
  const network = chainOf(
    [784],
    ...layers
      .slice(1)
      .flatMap((size, l): [string, unknown][] => [
        ["dense", { weight: scaled(weights(l, size, layers[l]!), Math.sqrt(2 / layers[l]!)), bias: scaled(weights(l + 9, size), 0.1) }],
        ...(l < 3 ? [["relu", {}] as [string, unknown]] : []),
      ]),
  );
  const [from, to] = [weights(7, 784).data, weights(8, 784).data];

  it("tells how far it is, lets others run, and is the same each time", async () => {
    const seen: number[] = [];
    const line = await linePartition(network, from, to, { onProgress: (fraction) => seen.push(fraction) });
    expect(seen).toEqual([...seen].sort((a, b) => a - b));
    expect(seen.length).toBeGreaterThan(0);
    expect(seen.at(-1)).toBe(1);
    expect(line.pieces).toBeGreaterThan(100);
    expect(line.completenessError).toBeLessThanOrEqual(1e-12);
    expect(await linePartition(network, from, to)).toEqual(line);
  });

  it("stops when it is told to", async () => {
    const controller = new AbortController();
    const onProgress = (): void => controller.abort();
    await expect(linePartition(network, from, to, { signal: controller.signal, onProgress })).rejects.toMatchObject({ code: "aborted" });
    await expect(linePartition(network, from, to, { signal: AbortSignal.abort() })).rejects.toMatchObject({ code: "aborted" });
  });
});

describe("what has no pieces is refused", () => {
  const relu = chainOf([2], ["relu"]);
  it.each([
    { code: "soft", network: soften(relu, 0.5), from: of(0, 0), to: of(1, 1) },
    { code: "discontinuous", network: chainOf([2], ["relu", { threshold: 1 }]), from: of(0, 0), to: of(1, 1) },
    { code: "shape", network: relu, from: of(0), to: of(1, 1) },
    { code: "non-finite", network: relu, from: of(0, 0), to: of(1, Number.NaN) },
    { code: "params", network: relu, from: of(0, 0), to: of(1, 1), options: { rows: [2] } },
  ])("$code", async ({ code, network, from, to, options }) => {
    await expect(linePartition(network, from, to, options)).rejects.toMatchObject({ code });
  });
});

/** 2 relu(x) − 4 relu(x − ½), composed. */
function tent(times: number): Network {
  const layer = [
    ["dense", { weight: [[1], [1]], bias: [0, -0.5] }],
    ["relu", {}],
    ["dense", { weight: [[2, -4]], bias: [0] }],
  ] as const;
  return chainOf([1], ...Array.from({ length: times }, () => layer).flat());
}

/** A segment between two corners of a random slice's window. */
function randomLine(seed: number): { readonly network: Network; readonly from: Float64Array; readonly to: Float64Array } {
  const { network, slice } = randomCase(seed);
  const { origin, axes, window } = slice;
  const corner = (i: number): Float64Array =>
    origin.map((value, k) => value + window[2 * i]! * axes[0][k]! + window[2 * i + 1]! * axes[1][k]!);
  return { network, from: corner(0), to: corner(1 + (seed % 2)) };
}

/** A region is convex: one code near both ends of a piece is its code in between. */
function expectOneCodeEach({ breakpoints }: LinePartition, codeAt: (t: number) => string, name: string): void {
  const ends = [0, ...breakpoints, 1];
  let before: string | null = null;
  for (let i = 1; i < ends.length; i++) {
    const [a, b] = [ends[i - 1]!, ends[i]!];
    // Of pieces shorter than this, floats do not say what is inside.
    if (b - a < 1e-9) {
      before = null;
      continue;
    }
    const code = codeAt(a + (b - a) / 1024);
    expect(codeAt(b - (b - a) / 1024), `${name}, piece ${i}`).toBe(code);
    expect(code === before, `${name}, piece ${i} and the one before`).toBe(false);
    before = code;
  }
}

function pointsAt({ breakpoints }: LinePartition, from: Float64Array, to: Float64Array): Float64Array {
  return Float64Array.from([0, ...breakpoints, 1].flatMap((t) => [...from].map((value, i) => (1 - t) * value + t * to[i]!)));
}

/** Of each output: the gradients at the pieces' middles, weighted by length. */
function gradientsByMiddles(network: Network, { breakpoints, rows }: LinePartition, from: Float64Array, to: Float64Array): Float64Array {
  const ends = [0, ...breakpoints, 1];
  const outputs = sizeOf(outputShape(network));
  const result = new Float64Array(rows.length * from.length);
  for (let i = 1; i < ends.length; i++) {
    const [t, length] = [(ends[i - 1]! + ends[i]!) / 2, ends[i]! - ends[i - 1]!];
    const unit = new Float64Array(rows.length * outputs);
    rows.forEach((row, k) => {
      unit[k * outputs + row] = 1;
    });
    const gradients = derivative(
      network,
      from.map((value, k) => (1 - t) * value + t * to[k]!),
    ).adjoint(unit);
    for (let at = 0; at < result.length; at++) result[at]! += length * gradients[at]! * (to[at % from.length]! - from[at % from.length]!);
  }
  return result;
}

function expectClose(got: Float64Array, expected: Float64Array, name: string): void {
  expect(got.length, name).toBe(expected.length);
  const scale = Math.max(1, ...expected.map(Math.abs));
  for (let i = 0; i < got.length; i++) expect(Math.abs(got[i]! - expected[i]!), `${name}, ${i}`).toBeLessThanOrEqual(1e-9 * scale);
}

function scaled({ shape, data }: ReturnType<typeof weights>, factor: number): ReturnType<typeof weights> {
  return { shape, data: data.map((value) => value * factor) };
}
