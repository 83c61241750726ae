import { PNG } from "pngjs";
import { describe, expect, it } from "vitest";
import { maso, masoJson, network, write, writeTfjs } from "./maso";

const net = write("net.maso.json", network);
const explain = (model: string, input: string): string[] => ["explain", model, "--input", input];
const npy = (descr: string, shape: string, data: Uint8Array): Uint8Array => {
  const header = `${`{'descr': '${descr}', 'fortran_order': False, 'shape': ${shape}, }`.padEnd(117)}\n`;
  return new Uint8Array([0x93, ...Buffer.from("NUMPY"), 1, 0, header.length, 0, ...Buffer.from(header), ...data]);
};

describe("input that is hard to take", () => {
  it(".npy of float16", () => {
    const halves = Uint16Array.of(0x3800, 0xbc00);
    const input = write("half.npy", npy("<f2", "(1, 2)", new Uint8Array(halves.buffer)));
    expect(masoJson(...explain(net, input)).rows[0].logits).toEqual([1.6, 0]);
  });

  it.each([
    ["rows nested 50,000 deep", write("deep.json", `[${"[".repeat(50_000)}1${"]".repeat(50_000)}]`), /deep\.json.*at most 32 levels/],
    ["an empty file", write("empty.png", new Uint8Array(0)), /empty\.png: the file is empty/],
    [
      "half an image",
      write("half.png", PNG.sync.write(new PNG({ width: 2, height: 1 })).subarray(0, 50)),
      /half\.png: not a readable image/,
    ],
  ])("%s is an error that says so", (_, input, says) => {
    const { status, stdout, stderr } = maso(...explain(net, input));
    expect({ status, stdout, says: stderr }).toEqual({ status: 2, stdout: "", says: expect.stringMatching(says) });
    expect(stderr).not.toMatch(/bug of maso/);
  });

  it("outputs that overflow name the model and the row", () => {
    const layers = [
      { kind: "dense", params: { weight: [[1e200, 1]] } },
      { kind: "dense", params: { weight: [[1e200]] } },
    ];
    const over = write("over.maso.json", { ...network, layers });
    expect(maso(...explain(over, write("one.json", [[1, 2]]))).stderr).toMatch(/over\.maso\.json: row 0/);
  });

  it("distances of too many rows are refused", () => {
    const many = write(
      "many.json",
      Array.from({ length: 20_000 }, (_, i) => [i, 1]),
    );
    const { status, stderr } = maso("distance", net, "--data", many);
    expect([status, stderr]).toEqual([2, expect.stringMatching(/distances.*20000 rows.*2\^27/)]);
  });

  it("150,000 rows are not too many to explain", () => {
    const rows = write(
      "rows.json",
      Array.from({ length: 150_000 }, (_, i) => [i / 1e5, 1]),
    );
    expect(maso(...explain(net, rows))).toMatchObject({ status: 0, stdout: expect.stringContaining("150000 inputs") });
  });
});

describe("an open input size that only some sizes fit", () => {
  const model = writeTfjs("open", {
    layers: [
      { class_name: "Conv2D", config: { name: "c", filters: 1, kernel_size: [1, 1], batch_input_shape: [null, null, null, 1] } },
      { class_name: "Flatten", config: { name: "f" } },
      { class_name: "Dense", config: { name: "d", units: 1 } },
    ],
    specs: [
      { name: "c/kernel", shape: [1, 1, 1, 1], dtype: "float32" },
      { name: "c/bias", shape: [1], dtype: "float32" },
      { name: "d/kernel", shape: [6, 1], dtype: "float32" },
      { name: "d/bias", shape: [1], dtype: "float32" },
    ],
    data: new Uint8Array(Float32Array.of(2, 1, 1, 2, 3, 4, 5, 6, 7).buffer),
  }); // prettier-ignore

  it("is inspected as far as a guess fits, and says what to give", () => {
    const { status, stdout, stderr } = maso("inspect", model, "--json");
    expect(status).toBe(0);
    expect(stderr).toMatch(/^maso: note: .*64.*layer d.*--input-shape.*\n$/);
    expect(JSON.parse(stdout).layers.map(({ id }: { id: string }) => id)).toEqual(["c", "f"]);
    expect(masoJson("inspect", model, "--input-shape", "2,3,1").layers).toHaveLength(3);
  });

  it("is named by commands that need it", () => {
    const { status, stderr } = maso("convert", model, "never.maso.json");
    expect([status, stderr]).toEqual([2, expect.stringMatching(/open: .*--input-shape, as in 64,64,1/)]);
    expect(stderr).not.toContain("images");
  });
});

it("a PReLU that tfjs's wasm computes otherwise is compared in plain JavaScript", () => {
  const model = writeTfjs("shared", {
    layers: [
      { class_name: "Dense", config: { name: "n", units: 2, use_bias: false, batch_input_shape: [null, 3, 2, 2] } },
      { class_name: "PReLU", config: { name: "p", shared_axes: [1, 3] } },
      { class_name: "Flatten", config: { name: "f" } },
      { class_name: "Dense", config: { name: "d", units: 1 } },
    ],
    specs: [
      { name: "n/kernel", shape: [2, 2], dtype: "float32" },
      { name: "p/alpha", shape: [1, 2, 1], dtype: "float32" },
      { name: "d/kernel", shape: [12, 1], dtype: "float32" },
      { name: "d/bias", shape: [1], dtype: "float32" },
    ],
    data: new Uint8Array(Float32Array.of(-1, 1, -2, -1, 0.3, 5, ...Array.from({ length: 13 }, (_, i) => Math.cos(i))).buffer),
  }); // prettier-ignore
  expect(masoJson("inspect", model).agreement).toEqual({ error: expect.any(Number), tolerance: 1e-4 });
});
