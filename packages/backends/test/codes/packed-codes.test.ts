import { encode, MasoError, random } from "@maso/core";
import { describe, expect, it } from "vitest";
import { codeLayout, packCode, packedCodes, unpackCode } from "../../src/codes";
import { mixedNetwork } from "./mixed-network";

const network = mixedNetwork();
const layout = codeLayout(network);
const { normal } = random(1);
const code = encode(network, Float64Array.from({ length: 40 * 300 }, normal));

describe("codeLayout", () => {
  it("starts each quantizer that encode sees at a whole word, with 1, 8 or 32 bits a unit", () => {
    expect(layout.nodes.map(({ id, bits, start, words }) => [id, bits, start, words])).toEqual([
      ["relu", 1, 0, 10],
      ["windows", 8, 10, 13],
      ["maxout", 32, 23, 3],
      ["small", 1, 26, 2],
      ["top", 1, 28, 1],
    ]);
    expect([layout.words, layout.units]).toEqual([29, 300 + 50 + 3 + 50 + 2]);
    expect(layout.nodes.map(({ node }) => node)).toEqual(code.layers.map(({ node }) => node));
  });
});

describe("packCode", () => {
  it("is undone by unpackCode", () => {
    expect(unpackCode(packCode(layout, code))).toEqual(code);
    expect(code.layers[2]!.choice.some((piece) => piece > 255)).toBe(true);
  });

  it("holds unit k in the bits that the layout says, counted one by one, and zeros elsewhere", () => {
    const { words, rows } = packCode(layout, code);
    const bits = Array.from(words, (word) => Array.from({ length: 32 }, (_, i) => (word >>> i) & 1)).flat();
    const left = [...bits];
    layout.nodes.forEach(({ start, units, bits: width }, l) => {
      for (let row = 0; row < rows; row++)
        for (let k = 0; k < units; k++) {
          const at = 32 * (row * layout.words + start) + k * width;
          const piece = bits.slice(at, at + width).reduce((sum, bit, i) => sum + bit * 2 ** i, 0);
          if (piece !== code.layers[l]!.choice[row * units + k]) expect.fail(`node ${l}, row ${row}, unit ${k}: ${piece}`);
          left.fill(0, at, at + width);
        }
    });
    expect(left.some((bit) => bit === 1)).toBe(false);
  });

  it("refuses the code of another network, and words that make no rows", () => {
    expect(() => packCode(layout, { rows: code.rows, layers: code.layers.slice(1) })).toThrowError(MasoError);
    expect(() => packedCodes(layout, 2, new Int32Array(layout.words))).toThrowError(/58/);
  });
});
