import "@tensorflow/tfjs-backend-cpu";
import { type MasoErrorCode, random, sizeOf } from "@maso/core";
import { io, type Tensor as TfTensor, tensor } from "@tensorflow/tfjs-core";
import { describe, expect, it } from "vitest";
import type { WeightSpec } from "../../src/tfjs/artifacts";
import { decodeWeights, type Weights } from "../../src/tfjs/decode-weights";

const { uniform } = random(1);
/** Seeded bytes that are floats of moderate size whatever type reads them: no exponent of all ones. */
const bytesOf = (count: number): Uint8Array => Uint8Array.from({ length: count }, () => 64 * uniform() + 1);

const decoded = (specs: readonly WeightSpec[], data: Uint8Array): Weights =>
  decodeWeights({
    name: "model.json",
    format: "tfjs-graph-model",
    topology: {},
    weightSpecs: specs,
    weightData: Uint8Array.from(data).buffer,
  });

async function expectAsTfjs(specs: readonly WeightSpec[], data: Uint8Array): Promise<void> {
  const theirs = io.decodeWeights(Uint8Array.from(data).buffer, specs as io.WeightsManifestEntry[]) as Record<string, TfTensor>;
  const ours = decoded(specs, data);
  expect([...ours.keys()]).toEqual(Object.keys(theirs));
  for (const [name, expected] of Object.entries(theirs)) {
    expect(ours.get(name)!.shape).toEqual(expected.shape);
    expect(Array.from(ours.get(name)!.data)).toEqual(Array.from(await expected.data()));
  }
}

const stored: readonly (readonly [name: string, bytes: number, spec: Omit<WeightSpec, "name" | "shape">])[] = [
  ["float32", 4, { dtype: "float32" }],
  ["int32", 4, { dtype: "int32" }],
  ["bool", 1, { dtype: "bool" }],
  ["float32 quantised as uint8", 1, { dtype: "float32", quantization: { dtype: "uint8", scale: 0.0123, min: -1.7 } }],
  ["float32 quantised as uint16", 2, { dtype: "float32", quantization: { dtype: "uint16", scale: 1e-4, min: -3.3 } }],
  ["float32 quantised as float16", 2, { dtype: "float32", quantization: { dtype: "float16" } }],
  ["int32 quantised as uint8", 1, { dtype: "int32", quantization: { dtype: "uint8", scale: 2.5, min: -9 } }],
  ["int32 quantised as uint16", 2, { dtype: "int32", quantization: { dtype: "uint16", scale: 0.3, min: -4000 } }],
];

describe("weights are what tfjs decodes", () => {
  it.each(stored)("%s", (_, bytes, spec) => expectAsTfjs([{ ...spec, name: "w", shape: [3, 5] }], bytesOf(15 * bytes)));

  it("one after the other, wherever they begin", () => {
    const specs = stored.map(([name, , spec], i) => ({ ...spec, name, shape: [2 * i + 1] }));
    const total = stored.reduce((sum, [, bytes], i) => sum + bytes * (2 * i + 1), 0);
    return expectAsTfjs(specs, bytesOf(total));
  });

  it("scalars, and weights without elements", () =>
    expectAsTfjs(
      [
        { name: "none", shape: [0, 4], dtype: "float32" },
        { name: "scalar", shape: [], dtype: "float32" },
      ],
      bytesOf(4),
    ));

  it("every float16 that is a number", () => {
    const numbers = Uint16Array.from({ length: 2 ** 16 }, (_, bits) => bits).filter((bits) => (bits & 0x7c00) !== 0x7c00);
    const spec = { name: "w", shape: [numbers.length], dtype: "float32", quantization: { dtype: "float16" } };
    return expectAsTfjs([spec], new Uint8Array(numbers.buffer));
  });
});

describe("weights that hold no real numbers", () => {
  it("are absent, and those behind them are not", async () => {
    const words = tensor(["", "ü", "three words here", "x"], [2, 2], "string");
    const { data, specs } = await io.encodeWeights({ before: tensor([1, 2]), words, after: tensor([[3], [4]]) });
    const ours = decoded(specs as WeightSpec[], new Uint8Array(data));
    expect(ours.get("words")).toBeNull();
    expect([...ours.get("before")!.data, ...ours.get("after")!.data]).toEqual([1, 2, 3, 4]);
  });

  it("complex64 takes eight bytes an element", () => {
    const ours = decoded(
      [
        { name: "complex", shape: [2], dtype: "complex64" },
        { name: "real", shape: [1], dtype: "float32" },
      ],
      new Uint8Array(Float32Array.of(1, 2, 3, 4, 5).buffer),
    );
    expect(ours.get("complex")).toBeNull();
    expect([...ours.get("real")!.data]).toEqual([5]);
  });
});

const bad: readonly (readonly [name: string, code: MasoErrorCode, says: RegExp, spec: Partial<WeightSpec>, data: Uint8Array])[] = [
  ["an infinite float16", "non-finite", /w has the value Infinity at 1/, quantized("float16"), Uint8Array.of(0, 0, 0, 0x7c)],
  ["a float16 that is no number", "non-finite", /w has the value NaN at 0/, quantized("float16"), Uint8Array.of(1, 0xfc, 0, 0)],
  ["numbers stored as text", "format", /quantised as string/, quantized("string"), bytesOf(2)],
  ["uint8 without a scale", "format", /w: quantization: expected numbers scale and min/, quantized("uint8", { min: 0 }), bytesOf(2)],
  ["uint8 with a scale of null", "format", /expected numbers/, quantized("uint8", { min: 0, scale: null as never }), bytesOf(2)],
  ["a whole number quantised as float16", "format", /int32, quantised as float16/, { ...quantized("float16"), dtype: "int32" }, bytesOf(4)],
  ["a type that tfjs stores but never decodes alone", "format", /type uint8; expected one of float32/, { dtype: "uint8" }, bytesOf(2)],
  ["text cut within a length", "format", /end within w; they need 4 bytes/, { dtype: "string" }, Uint8Array.of(1, 0)],
  ["text cut within a word", "format", /end within w; they need 9 bytes/, { dtype: "string" }, Uint8Array.of(5, 0, 0, 0, 65)],
  ["text of absurd length", "format", /end within w/, { dtype: "string" }, Uint8Array.of(255, 255, 255, 255)],
  ["data left over", "format", /have 3 bytes; the weights that it lists need 2/, { dtype: "bool" }, bytesOf(3)],
];

function quantized(dtype: string, settings: object = { scale: 1, min: 0 }): Partial<WeightSpec> {
  return { dtype: "float32", quantization: { dtype, ...settings } };
}

describe("a weight that is no weight is refused", () => {
  it.each(bad)("%s", (_, code, says, spec, data) => {
    let error: unknown;
    try {
      decoded([{ name: "w", shape: [2], dtype: "float32", ...spec }], data);
    } catch (caught) {
      error = caught;
    }
    expect(error).toMatchObject({ name: "MasoError", code, message: expect.stringMatching(/^model\.json: .*/) });
    expect((error as Error).message).toMatch(says);
  });

  it("tfjs refuses the same types", () => {
    for (const spec of [
      quantized("string"),
      quantized("uint8", { min: 0 }),
      { ...quantized("float16"), dtype: "int32" },
      { dtype: "uint8" },
    ])
      expect(() =>
        io.decodeWeights(new ArrayBuffer(sizeOf([8])), [{ name: "w", shape: [2], ...spec } as io.WeightsManifestEntry]),
      ).toThrow();
  });
});
