import { random } from "@maso/core";
import { describe, expect, it } from "vitest";
import { readNetworkFile, writeNetworkFile } from "../../src";

const file = (layers: readonly object[], more: object = {}): object => ({
  format: "maso-network",
  version: 1,
  input: [2],
  layers,
  ...more,
});
const chain = (count: number): object[] =>
  Array.from({ length: count }, (_, i) => ({ id: `r${i}`, kind: "relu", from: i === 0 ? "input" : `r${i - 1}` }));

describe("layers stand in a file as they like", () => {
  it("20,000 of them in reverse, in well under the time that a quadratic order takes", () => {
    const start = performance.now();
    const { network } = readNetworkFile(file(chain(20_000).reverse(), { output: "r19999" }));
    expect(performance.now() - start).toBeLessThan(3000);
    expect(network!.nodes.map(({ id }) => id)).toEqual(chain(20_000).map((_, i) => `r${i}`));
  });

  it("in an order that works they keep it, in another one each follows what it reads", () => {
    const { integer } = random(3);
    const layers = Array.from({ length: 60 }, (_, i) => ({
      id: `n${i}`,
      kind: "add",
      from: [0, 1].map(() => (i < 2 ? "input" : `n${integer(i)}`)),
    }));
    const all = [...layers, { id: "last", kind: "add", from: layers.map(({ id }) => id) }];
    const ids = (list: readonly object[]): string[] => readNetworkFile(file(list, { output: "last" })).network!.nodes.map(({ id }) => id);
    expect(ids(all)).toEqual(all.map(({ id }) => id));
    const mixed = ids([...all].sort((a, b) => a.id.localeCompare(b.id)));
    for (const { id, from } of layers)
      for (const source of from) if (source !== "input") expect(mixed.indexOf(source)).toBeLessThan(mixed.indexOf(id));
  });

  it("a long cycle is named by its ends", () => {
    const layers = chain(5000).map((layer, i) => (i === 0 ? { ...layer, from: "r4999" } : layer));
    expect(() => readNetworkFile(file(layers))).toThrowError(
      expect.objectContaining({ code: "graph", message: expect.stringMatching(/cycle .* \.\.\. -> r\d+/) }),
    );
  });
});

it("a network that hands on its input has a file too", () => {
  for (const parts of [
    { input: [2] },
    { input: undefined, inputs: { a: [2], b: [3] }, output: "input:a" },
    { input: undefined, inputs: { a: [2], b: [3] }, output: "input:b" },
  ]) {
    const { network } = readNetworkFile(
      file([{ kind: "relu", from: "inputs" in parts ? "input:a" : "input" }], { output: "input", ...parts }),
    );
    expect(network!.nodes).toEqual([]);
    const written = JSON.parse(JSON.stringify(writeNetworkFile(network!)));
    expect(readNetworkFile(written).network).toEqual(network);
  }
  expect(() => readNetworkFile(file([]))).toThrowError(expect.objectContaining({ code: "format" }));
});

describe("a parameter at fault is named, with what is expected and what was given", () => {
  it.each([
    [{ kind: "dense" }, "layers[0].params.weight: expected an array of numbers, got nothing"],
    [{ kind: "dense", params: { weight: [[1, 2]], alpha: 1 } }, "layers[0].params.alpha: unknown parameter; expected weight, bias"],
    [{ kind: "upsample2d", params: { size: 1e9 } }, /^layers\[0\]: upsample2d: shape/],
  ] as const)("%j", (layer, says) => {
    const shaped = layer.kind === "upsample2d" ? { input: [2, 2, 1] } : {};
    expect(() => readNetworkFile(file([layer], shaped))).toThrowError(says);
  });
});
