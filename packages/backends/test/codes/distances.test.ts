import { encode, hammingDistances, MasoError, random } from "@maso/core";
import { describe, expect, it } from "vitest";
import { codeLayout, differences, distances, distanceTiles, packCode, unpackCode } from "../../src/codes";
import { plainDifferences } from "../../src/codes/plain-differences";
import { sectionsOf } from "../../src/codes/sections";
import { wasmDifferences } from "../../src/codes/wasm-differences";
import { mixedNetwork } from "./mixed-network";
import { layoutFor, randomCodes } from "./random-codes";

const layouts = {
  "one unit": layoutFor([1, 2]),
  "two pieces, whole vectors": layoutFor([4096, 2]),
  "two pieces, more than a byte counts up": layoutFor([70_000, 2]),
  "bytes, more than a byte counts up": layoutFor([17, 3], [5000, 256]),
  words: layoutFor([301, 257], [5, 100_000]),
  "all widths, in turn": layoutFor([33, 2], [7, 9], [3, 300], [64, 1], [40, 2], [5, 4], [129, 2]),
  "no units": layoutFor(),
};

describe.each(Object.entries(layouts))("differences: %s", (_, layout) => {
  const a = randomCodes(layout, 7, 1);
  const b = randomCodes(layout, 13, 2);

  it("counts as core counts, unit by unit", () => {
    const [x, y] = [unpackCode(a), unpackCode(b)];
    const expected = Array.from({ length: 7 * 13 }, (_, at) =>
      hammingDistances(x, Math.floor(at / 13), y, at % 13).reduce((sum, different) => sum + different, 0),
    );
    const wasm = wasmDifferences()!;
    expect([...plainDifferences(sectionsOf(layout), a, b)]).toEqual(expected);
    expect([...wasm(sectionsOf(layout), a, b)]).toEqual(expected);
    expect([...wasm(sectionsOf(layout), a, b)]).toEqual(expected);
    expect([...differences(a, b)]).toEqual(expected);
  });

  it("is a pseudo-metric between 0 and 1, and 0 only between equal codes", () => {
    const all = randomCodes(layout, 12, 3);
    const d = distances(all);
    const at = (i: number, j: number): number => d[i * 12 + j]!;
    const codes = Array.from({ length: 12 }, (_, i) => all.words.subarray(i * layout.words, (i + 1) * layout.words).join());
    for (let i = 0; i < 12; i++)
      for (let j = 0; j < 12; j++) {
        expect(at(i, j)).toBe(at(j, i));
        expect(at(i, j) >= 0 && at(i, j) <= 1).toBe(true);
        expect(at(i, j) === 0).toBe(codes[i] === codes[j]);
        // Counts are whole, so that the triangle holds up to the rounding of three quotients.
        for (let k = 0; k < 12; k++) expect(at(i, k)).toBeLessThanOrEqual((at(i, j) + at(j, k)) * (1 + 2 ** -51));
      }
  });
});

describe("distances", () => {
  it("are 1 − (units that agree) / units, of a network whose units have 1, 8 and 32 bits", () => {
    const network = mixedNetwork();
    const layout = codeLayout(network);
    const { normal } = random(4);
    const code = encode(network, Float64Array.from({ length: 9 * 300 }, normal));
    const d = distances(packCode(layout, code));
    for (let i = 0; i < 9; i++)
      for (let j = 0; j < 9; j++) {
        let equal = 0;
        for (const { choice, units } of code.layers)
          for (let k = 0; k < units; k++) if (choice[i * units + k] === choice[j * units + k]) equal++;
        expect(d[i * 9 + j]).toBeCloseTo(1 - equal / 405, 14);
      }
  });

  it("are the same tile by tile, within and beyond one tile, in blocks of any size", async () => {
    const layout = layoutFor([100, 2], [3, 5]);
    const [a, b] = [randomCodes(layout, 1100, 5), randomCodes(layout, 2100, 6)];
    const whole = plainDifferences(sectionsOf(layout), a, b);
    expect(sameNumbers(differences(a, b), whole)).toBe(true);
    const source = {
      layout,
      rows: b.rows,
      blocks: async function* () {
        for (let from = 0; from < b.rows; from += 333) {
          const rows = Math.min(333, b.rows - from);
          yield { layout, rows, words: b.words.subarray(from * layout.words, (from + rows) * layout.words) };
        }
      },
    };
    const gathered = new Int32Array(whole.length);
    for await (const { row, column, rows, columns, counts } of distanceTiles(a, source))
      for (let i = 0; i < rows; i++) gathered.set(counts.subarray(i * columns, (i + 1) * columns), (row + i) * b.rows + column);
    expect(sameNumbers(gathered, whole)).toBe(true);
  });

  it("are counted in plain TypeScript where rows are too long for the module's memory", () => {
    const layout = layoutFor([2 ** 22 + 1, 300]);
    const words = new Int32Array(2 * layout.words);
    words.fill(7, layout.words - 3, layout.words + 2);
    expect([...differences({ layout, rows: 2, words })]).toEqual([0, 5, 5, 0]);
  });

  it("refuse codes of different networks", () => {
    expect(() => distances(randomCodes(layoutFor([64, 2]), 1, 1), randomCodes(layoutFor([8, 3]), 1, 1))).toThrowError(MasoError);
  });
});

/** Quicker than toEqual on millions. */
const sameNumbers = (a: Int32Array, b: Int32Array): boolean => a.length === b.length && a.every((value, i) => value === b[i]);
