import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { MasoErrorCode } from "@maso/core";
import { afterAll, describe, expect, it } from "vitest";
import { readTfjs } from "../../src/tfjs";

const folder = mkdtempSync(join(tmpdir(), "maso-"));
afterAll(() => rmSync(folder, { recursive: true }));

const denseLayer = { class_name: "Dense", config: { name: "d", units: 2, batch_input_shape: [null, 3] } };
const weights = [
  { name: "d/kernel", shape: [3, 2], dtype: "float32" },
  { name: "d/bias", shape: [2], dtype: "float32" },
];
const values = Float32Array.of(1, 2, 3, 4, 5, 6, 7, 8);

interface Parts {
  readonly model?: unknown;
  readonly topology?: unknown;
  readonly specs?: unknown;
  readonly data?: Uint8Array | null;
}

let count = 0;
function write({
  topology = { class_name: "Sequential", config: { name: "m", layers: [denseLayer] } },
  specs = weights,
  data = new Uint8Array(values.buffer),
  model,
}: Parts): string {
  const path = join(folder, String(count++));
  mkdirSync(path);
  const json = model ?? { format: "layers-model", modelTopology: topology, weightsManifest: [{ paths: ["w.bin"], weights: specs }] };
  writeFileSync(join(path, "model.json"), typeof json === "string" ? json : JSON.stringify(json));
  if (data) writeFileSync(join(path, "w.bin"), data);
  return path;
}

const sequential = (...layers: unknown[]): unknown => ({ class_name: "Sequential", config: { name: "m", layers } });
const functional = (layers: unknown[], output: unknown = [["d", 0, 0]]): unknown => ({
  class_name: "Model",
  config: {
    name: "m",
    layers: [{ class_name: "InputLayer", name: "x", config: { name: "x", batch_input_shape: [null, 3] }, inbound_nodes: [] }, ...layers],
    input_layers: [["x", 0, 0]],
    output_layers: output,
  },
});
const withWeight = (index: number, value: number): Uint8Array =>
  new Uint8Array(Float32Array.from(values, (old, i) => (i === index ? value : old)).buffer);

const bad: readonly (readonly [name: string, code: MasoErrorCode, says: RegExp, parts: Parts])[] = [
  ["no JSON", "format", /model\.json.*no JSON/, { model: "{ not json" }],
  ["JSON that is no model", "format", /modelTopology/, { model: [1, 2] }],
  ["a topology that is no model", "format", /class_name/, { topology: { class_name: "Nonsense", config: {} } }],
  ["a missing weight file", "file", /w\.bin.*no such file/, { data: null }],
  ["a truncated weight file", "format", /end within d\/bias.*32.*31/, { data: new Uint8Array(values.buffer).subarray(0, 31) }],
  ["too long a weight file", "format", /33 bytes/, { data: new Uint8Array(33) }],
  [
    "a weight file elsewhere",
    "format",
    /beside/,
    { model: { modelTopology: sequential(denseLayer), weightsManifest: [{ paths: ["../w.bin"], weights }] } },
  ],
  ["a manifest that is none", "format", /weightsManifest/, { model: { modelTopology: sequential(denseLayer), weightsManifest: 7 } }],
  ["a manifest of nothing", "format", /weightsManifest/, { specs: [null] }],
  ["a weight without a name", "format", /a weight is called nothing/, { specs: [{ shape: [3, 2], dtype: "float32" }, weights[1]] }],
  ["a weight twice", "format", /weight d\/kernel occurs twice/, { specs: [...weights, weights[0]], data: new Uint8Array(56) }],
  ["a NaN weight", "non-finite", /d\/kernel.*NaN/, { data: withWeight(3, Number.NaN) }],
  ["an infinite weight", "non-finite", /d\/bias.*Infinity/, { data: withWeight(7, Infinity) }],
  ["an absurd weight", "too-large", /d\/kernel/, { specs: [{ name: "d/kernel", shape: [65536, 65536], dtype: "float32" }] }],
  ["an unknown weight type", "format", /resource/, { specs: [{ ...weights[0], dtype: "resource" }, weights[1]] }],
  [
    "a kernel of complex numbers",
    "format",
    /layer d: d\/kernel holds no real numbers/,
    { specs: [{ ...weights[0], dtype: "complex64" }, weights[1]], data: new Uint8Array(56) },
  ],
  ["a weight type named like a method", "format", /toString/, { specs: [{ ...weights[0], dtype: "toString" }, weights[1]] }],
  [
    "weights of another shape",
    "shape",
    /layer d.*d\/kernel.*\[2, 3\].*\[any, 2\]/,
    { specs: [{ ...weights[0], shape: [2, 3] }, weights[1]] },
  ],
  [
    "weights for another input",
    "shape",
    /layer d.*3 columns, got 1/,
    { specs: [{ ...weights[0], shape: [1, 2] }, weights[1]], data: new Uint8Array(16) },
  ],
  [
    "more units than the kernel has",
    "shape",
    /layer d.*d\/kernel.*\[3, 2\].*\[any, 9\]/,
    { topology: sequential({ ...denseLayer, config: { ...denseLayer.config, units: 9 } }) },
  ],
  [
    "a bias that the layer does not use",
    "format",
    /layer d.*d\/bias/,
    { topology: sequential({ ...denseLayer, config: { ...denseLayer.config, use_bias: false } }) },
  ],
  ["a weight that is not there", "format", /no d\/bias/, { specs: [weights[0]], data: new Uint8Array(24) }],
  ["a weight of no layer", "format", /e\/bias/, { specs: [weights[0], { ...weights[1], name: "e/bias" }] }],
  [
    "an absurd input",
    "too-large",
    /2\^27/,
    {
      topology: sequential({ class_name: "Flatten", config: { name: "f", batch_input_shape: [null, 65536, 65536] } }),
      specs: [],
      data: new Uint8Array(0),
    },
  ],
  [
    "an absurd output",
    "too-large",
    /2\^27/,
    {
      topology: sequential({ class_name: "UpSampling2D", config: { name: "u", size: [99999, 99999], batch_input_shape: [null, 9, 9, 1] } }),
      specs: [],
      data: new Uint8Array(0),
    },
  ],
  [
    "an input of nonsense",
    "shape",
    /batch_input_shape/,
    {
      topology: sequential({ class_name: "ReLU", config: { name: "r", batch_input_shape: [null, "many"] } }),
      specs: [],
      data: new Uint8Array(0),
    },
  ],
  [
    "no input at all",
    "format",
    /batch_input_shape/,
    { topology: sequential({ class_name: "ReLU", config: { name: "r" } }), specs: [], data: new Uint8Array(0) },
  ],
  ["no layers", "format", /layer/, { topology: sequential(), specs: [], data: new Uint8Array(0) }],
  [
    "a layer that reads one that is not there",
    "graph",
    /no layer ghost/,
    { topology: functional([{ ...denseLayer, name: "d", inbound_nodes: [[["ghost", 0, 0, {}]]] }]) },
  ],
  [
    "a layer that reads itself",
    "graph",
    /own output/,
    { topology: functional([{ ...denseLayer, name: "d", inbound_nodes: [[["d", 0, 0, {}]]] }]) },
  ],
  [
    "two layers of one name",
    "graph",
    /same name/,
    { topology: functional([1, 2].map(() => ({ ...denseLayer, name: "d", inbound_nodes: [[["x", 0, 0, {}]]] }))) },
  ],
  [
    "a use that is not there",
    "graph",
    /no use 4/,
    { topology: functional([{ ...denseLayer, name: "d", inbound_nodes: [[["x", 0, 0, {}]]] }], [["d", 4, 0]]) },
  ],
];

describe("a bad file is refused in one line that says where", () => {
  it.each(bad)("%s", async (_, code, says, parts) => {
    const path = write(parts);
    const error = await readTfjs(path).catch((caught: unknown) => caught);
    expect(error).toMatchObject({ name: "MasoError", code, message: expect.stringMatching(says) });
    expect((error as Error).message).not.toContain("\n");
    expect((error as Error).message).toContain(path);
  });

  it("a missing file", async () => {
    await expect(readTfjs(join(folder, "nowhere"))).rejects.toMatchObject({ code: "file", message: expect.stringContaining("nowhere") });
  });
});

it("layers may be called __proto__ and constructor; keys may not", async () => {
  const layer = { class_name: "constructor", config: { name: "__proto__", batch_input_shape: [null, 3] } };
  const model = { modelTopology: sequential(layer), weightsManifest: [] };
  const { refused } = await readTfjs(write({ model }));
  expect(refused.map(({ node, op }) => [node, op])).toEqual([["__proto__", "constructor"]]);
  const hostile = JSON.stringify(model).replace('"name":"__proto__"', '"name":"r","__proto__":{"polluted":true}');
  await expect(readTfjs(write({ model: hostile }))).rejects.toMatchObject({
    code: "format",
    message: expect.stringContaining("__proto__"),
  });
  expect(({} as { polluted?: boolean }).polluted).toBeUndefined();
});

it("reads quantised weights as tfjs does", async () => {
  const specs = [
    { name: "d/kernel", shape: [3, 2], dtype: "float32", quantization: { dtype: "uint8", scale: 0.1, min: -0.3 } },
    { name: "d/bias", shape: [2], dtype: "float32", quantization: { dtype: "float16" } },
  ];
  const { network, check } = await readTfjs(write({ specs, data: Uint8Array.of(0, 3, 7, 100, 200, 255, 0x00, 0x3c, 0x01, 0x80) }));
  expect(check).toMatchObject({ skipped: expect.stringContaining("backend") });
  const op = network!.nodes[0]!.op as { bias: Float64Array; params: { weight: { data: Float64Array } } };
  expect([...op.bias]).toEqual([1, -(2 ** -24)]);
  expect([...op.params.weight.data]).toEqual([0, 7, 200, 3, 100, 255].map((q) => Math.fround(q * 0.1 - 0.3)));
});
