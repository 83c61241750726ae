import { readFileSync } from "node:fs";
import { join } from "node:path";
import { PNG } from "pngjs";
import { describe, expect, it } from "vitest";
import { filesIn, folder, maso, masoJson, network, write, writeTfjs } from "./maso";

const net = write("net.maso.json", network);
const points = write("points.json", [
  [0.5, -1],
  [2, 1],
  [0.4, -1.1],
]); // prettier-ignore
const upscaler = new URL("../node_modules/@upscalerjs/default-model/models/model.json", import.meta.url).pathname;

function gradient(width: number, height: number): Uint8Array {
  const png = new PNG({ width, height });
  for (let i = 0; i < width * height; i++) png.data.set([(i * 7) % 256, (i * 13) % 256, (i * 29) % 256, 255], i * 4);
  return PNG.sync.write(png);
}

describe("inspect", () => {
  it("has the keys that programs rely on", () => {
    expect(masoJson("inspect", net)).toEqual({
      format: "maso-network",
      inputs: [[2]],
      layers: [
        { id: "0", kind: "dense", type: "affine", inputs: [[2]], output: [3], units: 0, pieces: 0, parameters: 9 },
        { id: "1", kind: "relu", type: "quantizer", inputs: [[3]], output: [3], units: 3, pieces: 2, parameters: 0 },
        { id: "2", kind: "dense", type: "affine", inputs: [[3]], output: [2], units: 0, pieces: 0, parameters: 6 },
      ],
      units: 3,
      parameters: 15,
      head: null,
      refused: [],
    });
  });

  it("decides by content, not by name, and takes a folder", () => {
    const model = writeTfjs("tfjs");
    expect(masoJson("inspect", model)).toMatchObject({ format: "tfjs-layers-model", head: "softmax", inputs: [[3]] });
    expect(masoJson("inspect", write("model.json", network)).format).toBe("maso-network");
  });

  it("prints a refused model and exits 0; every other command exits 3", () => {
    const refused = write("refused.json", { ...network, layers: [network.layers[0], { kind: "gelu" }] });
    expect(masoJson("inspect", refused).refused).toEqual([{ node: "1", op: "gelu", reason: expect.any(String), cuts: ["0"] }]);
    expect(maso("explain", refused, "--input", points).status).toBe(3);
    expect(maso("distance", refused, "--data", points).status).toBe(3);
    expect(maso("convert", refused, "out.maso.json").status).toBe(3);
    expect(filesIn(".")).not.toContain("out.maso.json");
    expect(masoJson("explain", refused, "--cut", "0", "--input", points).rows).toHaveLength(3);
  });

  it("lists the refusals of a model with an open input size", () => {
    const open = {
      class_name: "Conv2D",
      config: { name: "c", filters: 1, kernel_size: [1, 1], activation: "elu", batch_input_shape: [null, null, null, 1] },
    };
    const model = writeTfjs("open", {
      layers: [open],
      specs: [
        { name: "c/kernel", shape: [1, 1, 1, 1], dtype: "float32" },
        { name: "c/bias", shape: [1], dtype: "float32" },
      ],
      data: new Uint8Array(8),
    }); // prettier-ignore
    expect(masoJson("inspect", model).refused).toMatchObject([{ node: "c", op: "elu", cuts: ["c/conv2d"] }]);
  });
});

describe("explain", () => {
  it("gives outputs, logits, codes and the identity error", () => {
    const { rows, maxIdentityError } = masoJson("explain", net, "--input", points);
    expect(rows).toHaveLength(3);
    expect(rows[0]).toEqual({
      output: [1.6, 0],
      logits: [1.6, 0],
      code: [{ id: "1", choice: [1, 0, 0] }],
      identityError: expect.any(Number),
    });
    expect(maxIdentityError).toBeLessThan(1e-15);
  });

  it("takes one flat row, nested rows, .npy and values that begin with a minus sign", () => {
    expect(masoJson("explain", net, "--input", write("one.json", [0.5, -1])).rows[0].logits).toEqual([1.6, 0]);
    const header = `${"{'descr': '<f8', 'fortran_order': True, 'shape': (2, 2), }".padEnd(117)}\n`;
    const npy = new Uint8Array([
      0x93,
      ...Buffer.from("NUMPY"),
      1,
      0,
      header.length,
      0,
      ...Buffer.from(header),
      ...new Uint8Array(Float64Array.of(0.5, 2, -1, 1).buffer),
    ]);
    expect(masoJson("explain", net, "--input", write("points.npy", npy)).rows.map(({ logits }: { logits: number[] }) => logits)).toEqual(
      masoJson("explain", net, "--input", points)
        .rows.slice(0, 2)
        .map(({ logits }: { logits: number[] }) => logits),
    );
    const pixels = write("pixels.maso.json", { format: "maso-network", version: 1, input: [2, 2, 3], layers: [{ kind: "identity" }] });
    const { rows } = masoJson("explain", pixels, "--input", write("i.png", gradient(2, 2)), "--scale", "2", "--offset", "-0.5");
    expect(rows[0].logits.slice(0, 6)).toEqual([-0.5, -0.5, -0.5, 13.5, 25.5, 57.5]);
  });

  it("on the embedded network: exact, and in agreement with tfjs", () => {
    const { rows, maxIdentityError } = masoJson("explain");
    expect(rows).toHaveLength(24);
    expect(maxIdentityError).toBeLessThan(1e-12);
    for (const { output } of rows) expect(output.reduce((a: number, b: number) => a + b)).toBeCloseTo(1, 12);
  });

  it("on the up-scaler, its open size taken from a small image, chosen rows", () => {
    const image = write("small.png", gradient(8, 6));
    const { maxIdentityError, rows } = masoJson("explain", upscaler, "--input", image, "--rows", "0,100");
    expect(maxIdentityError).toBeLessThan(1e-12);
    expect(rows[0].logits).toHaveLength(8 * 6 * 4 * 3);
  });

  it("says how it agrees with tfjs, and writes a report that is one file", () => {
    const { status, stdout } = maso("explain");
    expect(status).toBe(0);
    expect(stdout).toMatch(/Agrees with TensorFlow\.js to \d\.\de-\d+/);
    expect(filesIn("maso-report")).toEqual(["index.html"]);
    const html = readFileSync(join(folder, "maso-report/index.html"), "utf8");
    expect(html).not.toMatch(/(src|href)="(?!data:|#)/);
    expect(html.length).toBeLessThan(3e6);
    for (const part of ["The network", "template", "nearest by VQ distance", "identity error"]) expect(html).toContain(part);
  });

  it("writes reports on inputs that are no images, one output, soft networks, and names that are HTML", () => {
    const layers = [
      { id: "<script>alert(1)</script>", kind: "dense", params: { weight: [[1, 2]] } },
      { kind: "sigmoid" },
      { kind: "dense", params: { weight: [[3]] } },
    ];
    const soft = write("soft.maso.json", { ...network, layers });
    expect(maso("explain", soft, "--input", points, "--report", "soft").status).toBe(0);
    const html = readFileSync(join(folder, "soft/index.html"), "utf8");
    expect(html).not.toContain("<script>alert");
    expect(html).toContain("derivative");
    expect(html.match(/class="template"/g)).toHaveLength(3);
  });
});

describe("distance", () => {
  it("gives matrices and neighbours, per layer and in total", () => {
    const { layers, total, neighbours } = masoJson("distance", net, "--data", points);
    expect(layers).toMatchObject([{ id: "1", units: 3 }]);
    expect(total.matrix).toEqual([
      [0, 1 / 3, 0],
      [1 / 3, 0, 1 / 3],
      [0, 1 / 3, 0],
    ]); // prettier-ignore
    expect(neighbours[0]).toEqual([
      { index: 2, distance: 0 },
      { index: 1, distance: 1 / 3 },
    ]); // prettier-ignore
  });
});

describe("convert", () => {
  it("writes a network file that computes the same", () => {
    const model = writeTfjs("convertible");
    expect(masoJson("convert", model, "converted.maso.json")).toMatchObject({ out: "converted.maso.json", layers: 1, parameters: 8 });
    const input = write("three.json", [[1, -2, 0.5]]);
    const [a, b] = [model, join(folder, "converted.maso.json")].map((each) => masoJson("explain", each, "--input", input).rows[0]);
    expect(b.output).toEqual(a.output);
  });
});

describe("plugins from a file anywhere", () => {
  const plugin = write(
    "elsewhere/plugins.ts",
    `import { elementwise } from "@maso/core";
import { definePlugin } from "@maso/layers";
export const stairs = definePlugin({ kind: "stairs", build: (_: object, [shape]: readonly (readonly number[])[]) => elementwise(shape!, { slopes: [0, 0.5, 1] , offsets: [0, 0, -1] }) });`,
  );
  const model = write("stairs.maso.json", { ...network, layers: [...network.layers, { kind: "stairs" }] });
  it("are known to every command", () => {
    expect(masoJson("inspect", model).refused).toHaveLength(1);
    expect(masoJson("inspect", model, "--plugin", plugin).refused).toEqual([]);
    expect(masoJson("explain", model, "--plugin", plugin, "--input", points).rows[0].logits[0]).toBeCloseTo(0.8, 14);
  });
});
