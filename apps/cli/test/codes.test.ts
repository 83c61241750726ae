import { spawn } from "node:child_process";
import { once } from "node:events";
import { readFileSync, symlinkSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { setTimeout } from "node:timers/promises";
import { random } from "@maso/core";
import { PNG } from "pngjs";
import { describe, expect, it } from "vitest";
import { filesIn, folder, maso, masoJson, network, program, write, writeTfjs } from "./maso";

/** 40 ReLUs, then 10 windows of 4 values. */
const net = {
  ...network,
  layers: [dense(40, 2, 1), { kind: "relu" }, { kind: "maxout", params: { pieces: 4 } }, dense(3, 10, 2)],
};
const model = write("net.maso.json", net);
const rows = pointsOf(300, 3);
const data = write("rows.json", rows);

function dense(to: number, from: number, seed: number): object {
  const { normal } = random(seed);
  const weight = Array.from({ length: to }, () => Array.from({ length: from }, normal));
  return { kind: "dense", params: { weight, bias: Array.from({ length: to }, normal) } };
}

function pointsOf(count: number, seed: number): number[][] {
  const { normal } = random(seed);
  return Array.from({ length: count }, () => [normal(), normal()]);
}

function npy(descr: string, shape: readonly number[], bytes: Uint8Array): Uint8Array {
  const header = `${`{'descr': '${descr}', 'fortran_order': False, 'shape': (${shape.join(", ")}), }`.padEnd(117)}\n`;
  return Buffer.concat([Buffer.of(0x93), Buffer.from("NUMPY"), Buffer.of(1, 0, header.length, 0), Buffer.from(header), bytes]);
}

function idx(width: number, images: readonly (readonly number[])[]): Uint8Array {
  const extents = Buffer.alloc(12);
  [images.length, images[0]!.length / width, width].forEach((extent, i) => extents.writeUInt32BE(extent, 4 * i));
  return Buffer.concat([Buffer.of(0, 0, 8, 3), extents, Buffer.from(images.flat())]);
}

describe("maso encode", () => {
  it("has the keys that programs rely on; bits are those of a row's units", () => {
    const report = masoJson("encode", model, "--data", data, "--out", "a.codes");
    expect(report).toEqual({ rows: 300, bits: 40 + 10 * 8, bytes: readFileSync(join(folder, "a.codes")).length, out: "a.codes" });
  });

  it("gives the same file for JSON and for .npy, in one file or several", () => {
    masoJson("encode", model, "--data", data, "--out", "json.codes");
    write("rows.npy", npy("<f8", [300, 2], new Uint8Array(Float64Array.from(rows.flat()).buffer)));
    masoJson("encode", model, "--data", "rows.npy", "--out", "npy.codes");
    const halves = [write("first.json", rows.slice(0, 100)), write("second.json", rows.slice(100))];
    masoJson("encode", model, "--data", halves[0]!, "--data", halves[1]!, "--out", "halves.codes");
    const written = (name: string): Buffer => readFileSync(join(folder, name));
    expect(written("npy.codes").equals(written("json.codes"))).toBe(true);
    expect(written("halves.codes").equals(written("json.codes"))).toBe(true);
  });

  it("takes a folder of images by name, and IDX images, alike", () => {
    const pictures = write("pictures.maso.json", { ...net, input: [2, 1, 1], layers: [{ kind: "flatten" }, ...net.layers] });
    const greys = pointsOf(20, 5).map((point) => point.map((value) => Math.round(128 + 40 * value)));
    greys.forEach((grey, i) => {
      const png = new PNG({ width: 1, height: 2 });
      grey.forEach((value, p) => png.data.set([value, value, value, 255], 4 * p));
      write(`images/${String(i).padStart(2, "0")}.png`, PNG.sync.write(png));
    });
    write("images.idx", idx(1, greys));
    const scaled = ["--scale", "1/40", "--offset", "-3.2"];
    masoJson("encode", pictures, "--data", "images", "--out", "images.codes", ...scaled);
    masoJson("encode", pictures, "--data", "images.idx", "--out", "idx.codes", ...scaled);
    expect(readFileSync(join(folder, "idx.codes")).equals(readFileSync(join(folder, "images.codes")))).toBe(true);
    const { neighbours } = masoJson("neighbours", pictures, "--codes", "idx.codes", "--input", "images", "--k", "1", ...scaled);
    expect(neighbours.map(([{ distance }]: [{ distance: number }]) => distance)).toEqual(greys.map(() => 0));
  });

  it("prints a table", () => {
    const { stdout } = maso("encode", model, "--data", data, "--out", "table.codes");
    expect(stdout).toMatch(/the codes of 300 rows, 50 units in 120 bits each/);
    expect(stdout).toMatch(/^ +1 +40 +2 +1$/m);
    expect(stdout).toMatch(/^ +2 +10 +4 +8$/m);
  });
});

describe("maso encode refuses to write over what it reads, which stays as it was", () => {
  const own = write("own/net.maso.json", net);
  const set = write("own/rows.json", rows);
  const layer = { class_name: "LeakyReLU", config: { name: "r", alpha: 0.25, batch_input_shape: [null, 1, 1, 1] } };
  const tfjs = writeTfjs("own/tfjs", { layers: [layer], specs: [], data: new Uint8Array() });
  const png = write("own/images/0.png", PNG.sync.write(new PNG({ width: 1, height: 1 })));
  symlinkSync(set, join(folder, "own/link.codes"));

  it.each([
    ["the data", own, set, "own/../own/rows.json", set],
    ["the data, by a link", own, set, "own/link.codes", set],
    ["an image of the folder of data", tfjs, "own/images", "own/images/0.png", png],
    ["the model", own, set, own, own],
    ["the file in the model's folder", tfjs, "own/images", join(tfjs, "model.json"), join(tfjs, "model.json")],
  ])("%s", (_, model, data, out, harmed) => {
    const before = readFileSync(harmed);
    const { status, stdout, stderr } = maso("encode", model, "--data", data, "--out", out);
    expect({ status, stdout, stderr }).toEqual({
      status: 2,
      stdout: "",
      stderr: expect.stringMatching(/^maso: --out .* is also read: .*\n$/),
    });
    expect(readFileSync(harmed).equals(before)).toBe(true);
  });

  it("but a new file beside it will do", () => {
    expect(masoJson("encode", tfjs, "--data", "own/images", "--out", "own/images/all.codes")).toMatchObject({ rows: 1 });
  });
});

describe("maso neighbours", () => {
  it("finds what maso distance finds, nearest first, ties by the lower index", () => {
    masoJson("encode", model, "--data", data, "--out", "set.codes");
    const { neighbours } = masoJson("neighbours", model, "--codes", "set.codes", "--input", data, "--k", "300");
    const { matrix } = masoJson("distance", model, "--data", data).total as { matrix: number[][] };
    matrix.forEach((line, i) => {
      const sorted = line.map((distance, index) => ({ index, distance })).sort((a, b) => a.distance - b.distance || a.index - b.index);
      expect(neighbours[i]).toEqual(sorted);
    });
  });

  it("gives five where --k is not set, all where there are fewer, and a table without --json", () => {
    masoJson("encode", model, "--data", data, "--out", "set.codes");
    const input = write("three.json", rows.slice(7, 10));
    const { neighbours } = masoJson("neighbours", model, "--codes", "set.codes", "--input", input);
    expect(neighbours.map((list: unknown[]) => list.length)).toEqual([5, 5, 5]);
    masoJson("encode", model, "--data", input, "--out", "three.codes");
    expect(masoJson("neighbours", model, "--codes", "three.codes", "--input", input).neighbours[0]).toHaveLength(3);
    const { stdout } = maso("neighbours", model, "--codes", "set.codes", "--input", input, "--k", "1");
    expect(stdout).toMatch(/the nearest of 300 rows, by the share of 50 units/);
    expect(stdout).toMatch(/^0 row 0 +\d+ \(0\)$/m);
  });

  it("takes the codes of a model where the model was converted to a network file", () => {
    const tfjs = writeTfjs("tfjs", {
      layers: [
        { class_name: "Dense", config: { name: "d", units: 2, batch_input_shape: [null, 3], activation: "relu" } },
        { class_name: "LeakyReLU", config: { name: "r", alpha: 0.25 } },
      ],
    });
    const input = write("threes.json", [
      [1, 2, 3],
      [-1, 0, 0.5],
    ]);
    masoJson("encode", tfjs, "--data", input, "--out", "tfjs.codes");
    masoJson("convert", tfjs, "converted.maso.json");
    const { neighbours } = masoJson("neighbours", "converted.maso.json", "--codes", "tfjs.codes", "--input", input, "--k", "1");
    expect(neighbours.map(([{ distance }]: [{ distance: number }]) => distance)).toEqual([0, 0]);
  });
});

describe("bad input gets one line on stderr, nothing on stdout, and its exit code", () => {
  masoJson("encode", model, "--data", data, "--out", "good.codes");
  const good = readFileSync(join(folder, "good.codes"));
  const damaged = Buffer.from(good);
  damaged[good.length - 40]! ^= 1;
  const encode = (input: string, ...more: string[]): string[] => ["encode", model, "--data", input, "--out", "never.codes", ...more];
  const neighbours = (codes: string, ...more: string[]): string[] => ["neighbours", model, "--codes", codes, "--input", data, ...more];
  const refused = write("refused.maso.json", { ...net, layers: [{ kind: "perceptron9000" }] });
  const other = write("other.maso.json", { ...net, layers: [dense(40, 2, 9), ...net.layers.slice(1)] });
  const over = write("over.maso.json", {
    ...network,
    layers: [
      { kind: "dense", params: { weight: [[1e200, 1]] } },
      { kind: "dense", params: { weight: [[1e200]] } },
    ],
  });

  const cases: readonly (readonly [name: string, words: readonly string[], status: number, says: RegExp])[] = [
    ["no data", ["encode", model, "--out", "never.codes"], 2, /--data/],
    ["no file to write", ["encode", model, "--data", data], 2, /--out/],
    ["no model", ["encode"], 2, /model/],
    ["a refused model", ["encode", refused, "--data", data, "--out", "never.codes"], 3, /perceptron9000/],
    ["a file that cannot be written", ["encode", model, "--data", data, "--out", "no/such/never.codes"], 2, /never\.codes/],
    ["a folder to write to", ["encode", model, "--data", data, "--out", folder], 2, /it is a folder/],
    ["a missing data file", encode("nowhere.json"), 2, /nowhere\.json/],
    ["a row of the wrong length, late", encode(write("late.json", [...rows, [1, 2, 3]])), 2, /late\.json: row 300.*3 numbers/],
    [
      "a number that is none, late",
      encode(write("nan.npy", npy("<f8", [3, 2], new Uint8Array(Float64Array.of(1, 2, 3, 4, 5, Number.NaN).buffer)))),
      2,
      /nan\.npy.*value 5 is NaN/,
    ],
    ["a truncated .npy", encode(write("cut.npy", npy("<f8", [3, 2], new Uint8Array(40)))), 2, /cut\.npy.*truncated.*48 bytes, got 40/],
    ["truncated IDX images", encode(write("cut.idx", idx(1, [[1, 2]]).subarray(0, 17))), 2, /cut\.idx.*truncated/],
    ["IDX labels", encode(write("labels.idx", new Uint8Array([0, 0, 8, 1, 0, 0, 0, 1, 7]))), 2, /labels\.idx.*3 axes/],
    ["outputs that overflow", ["encode", over, "--data", data, "--out", "never.codes"], 2, /rows\.json: row \d+.*finite/],
    ["no codes", ["neighbours", model, "--input", data], 2, /--codes/],
    ["no input", ["neighbours", model, "--codes", "good.codes"], 2, /--input/],
    ["a k that is none", neighbours("good.codes", "--k", "0"), 2, /--k 0/],
    ["missing codes", neighbours("nowhere.codes"), 2, /nowhere\.codes/],
    ["a folder for codes", neighbours(folder), 2, /not a regular file/],
    ["codes that are something else", neighbours(data), 2, /rows\.json.*not a code file/],
    ["truncated codes", neighbours(write("cut.codes", good.subarray(0, good.length - 100))), 2, /cut\.codes.*truncated/],
    [
      "codes with a byte too many",
      neighbours(write("long.codes", Buffer.concat([good, Buffer.of(0)]))),
      2,
      /long\.codes.*longer than written/,
    ],
    ["damaged codes", neighbours(write("damaged.codes", damaged)), 2, /damaged\.codes.*damaged/],
    ["codes of another network", ["neighbours", other, "--codes", "good.codes", "--input", data], 2, /good\.codes.*another network/],
    ["a refused model with codes", ["neighbours", refused, "--codes", "good.codes", "--input", data], 3, /perceptron9000/],
  ]; // prettier-ignore

  it.each(cases)("%s", (_, words, status, says) => {
    for (const json of [[], ["--json"]]) {
      const run = maso(...words, ...json);
      expect(run.stderr).toMatch(says);
      expect({ status: run.status, stdout: run.stdout }).toEqual({ status, stdout: "" });
      expect(run.stderr.trimEnd().split("\n")).toHaveLength(1);
      expect(run.stderr).not.toMatch(/\n\s+at |bug of maso/);
    }
  });

  it("leaves no file behind", () => {
    expect(filesIn(".").filter((name) => /never|\.tmp$/.test(name))).toEqual([]);
  });
});

describe("Ctrl-C", () => {
  it("ends encode with 130, and what stood there before stays", async () => {
    const large = write("large/model.maso.json", {
      ...network,
      layers: [dense(600, 2, 1), { kind: "relu" }, dense(600, 600, 2), { kind: "relu" }],
    });
    write("large/out.codes", "old");
    writeFileSync(join(folder, "large/zeros.npy"), npy("<f4", [1_000_000, 2], new Uint8Array(8_000_000)));
    const run = spawn(process.execPath, [program, "encode", large, "--data", "large/zeros.npy", "--out", "large/out.codes"], {
      cwd: folder,
    });
    const stderr: Buffer[] = [];
    run.stderr.on("data", (bytes: Buffer) => stderr.push(bytes));
    while (run.exitCode === null && !filesIn("large").some((name) => name.endsWith(".tmp"))) await setTimeout(20);
    expect(run.exitCode).toBeNull();
    run.kill("SIGINT");
    const [status] = await once(run, "exit");
    expect(status).toBe(130);
    expect(Buffer.concat(stderr).toString().trim().split("\n")).toHaveLength(1);
    expect(filesIn("large")).toEqual(["model.maso.json", "out.codes", "zeros.npy"]);
    expect(readFileSync(join(folder, "large/out.codes"), "utf8")).toBe("old");
  });
});
