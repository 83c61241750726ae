import { spawn } from "node:child_process";
import { once } from "node:events";
import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { setTimeout } from "node:timers/promises";
import { random } from "@maso/core";
import { PNG } from "pngjs";
import { describe, expect, it } from "vitest";
import { filesIn, folder, maso, masoJson, network, program, write } from "./maso";

const good = write("good.maso.json", network);
/** |x| + |y|: four quadrants. */
const quadrants = write("quadrants.maso.json", {
  ...network,
  layers: [{ kind: "abs" }, { kind: "dense", params: { weight: [[1, 1]] } }],
});
const three = { ...network, input: [3], layers: [{ kind: "relu" }, { kind: "dense", params: { weight: [[1, 1, 1]] } }] };
const space = write("space.maso.json", three);
const slice = {
  origin: [0, 0, 0],
  axes: [
    [1, 0, 0],
    [0, 1, 0],
  ],
  window: [
    [-1, 1],
    [-2, 2],
  ],
};
const plane = write("plane.json", slice);
const points = write("points.json", [
  [0, 0, 0],
  [1, 0, 0],
  [0, 1, 0],
]);

/** Makes dense layers, units × values, of normal weights and biases. */
function randomDense(seed: number): (units: number, values: number) => object {
  const { normal } = random(seed);
  const normals = (length: number): number[] => Array.from({ length }, normal);
  return (units, values) => ({
    kind: "dense",
    params: { weight: Array.from({ length: units }, () => normals(values)), bias: normals(units) },
  });
}

describe("maso partition", () => {
  it("finds the quadrants", () => {
    const { seconds, peakMemoryMB, ...rest } = masoJson("partition", quadrants, "--window", "-1,3,-1,1");
    expect(rest).toEqual({
      regions: 4,
      distinctMaps: 4,
      vertices: 9,
      edges: 12,
      regionsAfterLayer: [4],
      area: 8,
      windowArea: 8,
      boundaryLength: 0,
      maxLipschitzSlice: Math.SQRT2,
      maxLipschitzInput: Math.SQRT2,
      maxOutput: [4],
      exactDecisions: expect.any(Number),
    });
    expect(seconds).toBeGreaterThan(0);
    expect(peakMemoryMB).toBeGreaterThan(10);
  });

  it("takes a slice file, its window or another, and the plane of three points", () => {
    expect(masoJson("partition", space, "--slice", plane)).toMatchObject({ regions: 4, windowArea: 8 });
    expect(masoJson("partition", space, "--slice", plane, "--window", "0.5,1,-1,1")).toMatchObject({ regions: 2, windowArea: 1 });
    const files = [0, 1, 2].map((row) => write(`point-${row}.json`, JSON.parse(readFileSync(points, "utf8"))[row]));
    const through = { regions: 4, windowArea: 2.25 };
    expect(masoJson("partition", space, "--through", files.join(","))).toMatchObject(through);
    expect(masoJson("partition", space, "--through", `${points}:0,${points}:1,${points}:2`)).toMatchObject(through);
    expect(masoJson("partition", space, "--through", points)).toMatchObject(through);
    expect(masoJson("partition", space, "--through", points, "--window", "0,1,0,1")).toMatchObject({ regions: 1, windowArea: 1 });
  });

  it("prints a table", () => {
    const { status, stdout, stderr } = maso("partition", quadrants);
    expect([status, stderr]).toEqual([0, ""]);
    expect(stdout).toMatch(/4 regions/);
    expect(stdout).toMatch(/vertices +9\n/);
  });

  it("writes pictures and a page that needs nothing else", () => {
    const [svg, png, html] = ["svg", "png", "html"].map((type) => join(folder, `out.${type}`));
    masoJson("partition", good, "--svg", svg!, "--png", png!, "--html", html!, "--colour", "class", "--dark", "--width", "120");
    expect(readFileSync(svg!, "utf8")).toMatch(/^<svg .*width="120" height="120"/);
    const { width, height } = PNG.sync.read(readFileSync(png!));
    expect([width, height]).toEqual([120, 120]);
    const page = readFileSync(html!, "utf8");
    expect(page).toContain('data-theme="dark"');
    expect(page).not.toMatch(/(src|href)=|https?:\/\/|url\(|@import/);
  });

  it("writes animations over checkpoints, which end with the model", () => {
    const [svg, png] = ["svg", "png"].map((type) => join(folder, `steps.${type}`));
    const { regions } = masoJson("partition", quadrants, "--checkpoints", `${good},${good}`, "--svg", svg!, "--png", png!, "--width", "40");
    expect(regions).toBe(4);
    expect(readFileSync(svg!, "utf8").match(/@keyframes/g)).toHaveLength(3);
    const bytes = readFileSync(png!);
    expect(bytes.toString("latin1").match(/fcTL/g)).toHaveLength(3);
    expect(PNG.sync.read(bytes).width).toBe(40);
  });
});

describe("maso partition --threads", () => {
  const dense = randomDense(7);
  const plugin = write(
    "bent.mjs",
    `console.log("hello"); import { elementwise } from "@maso/core"; export const bent = { kind: "bent", build: (_, [shape]) => elementwise(shape, { slopes: [-0.5, 1] }) };`,
  );
  const model = write("bent.maso.json", {
    ...network,
    layers: [dense(30, 2), { kind: "relu" }, dense(8, 30), { kind: "bent" }, dense(3, 8)],
  });

  it("tells the same for two threads as for one, and nothing else, with a plugin that prints", () => {
    const words = ["--plugin", plugin, "--window", "-3,3,-3,3", "--threads"];
    const [one, two] = ["1", "2"].map((threads) => {
      const { seconds, peakMemoryMB, ...rest } = masoJson("partition", model, ...words, threads);
      return rest;
    });
    expect(one.regionsAfterLayer[0]).toBeGreaterThan(300);
    expect(two).toEqual(one);
  });
});

describe("maso line", () => {
  it("finds the pieces and integrated gradients", () => {
    const ends = write("ends.json", [
      [-1, -3],
      [3, 1],
    ]);
    const line = masoJson("line", quadrants, "--from", `${ends}:0`, "--to", `${ends}:1`);
    expect(Object.keys(line)).toEqual(["pieces", "breakpoints", "integratedGradients", "completenessError"]);
    expect(line.pieces).toBe(3);
    expect(line.breakpoints).toEqual([0.25, 0.75]);
    expect(line.integratedGradients[0][0]).toBeCloseTo(2, 12);
    expect(line.integratedGradients[0][1]).toBeCloseTo(-2, 12);
    expect(line.completenessError).toBeLessThanOrEqual(1e-12);
  });
});

const file = (name: string, change: object): string[] => [
  "partition",
  space,
  "--slice",
  write(`${name}.slice.json`, { ...slice, ...change }),
];

/** What was typed, and what the one line must name; the exit code is 2. */
const cases: readonly (readonly [name: string, words: readonly string[], says: RegExp])[] = [
  ["no plane for three inputs", ["partition", space], /space.*--slice.*--through/],
  ["a slice file that is missing", ["partition", space, "--slice", "nowhere.json"], /nowhere\.json/],
  ["a slice file that is no JSON", ["partition", space, "--slice", write("text.slice.json", "no")], /text\.slice\.json/],
  ["a slice file that is an array", ["partition", space, "--slice", write("array.slice.json", [1])], /origin.*axes.*window/],
  ["a slice without origin", file("no-origin", { origin: undefined }), /origin: is missing/],
  ["a slice without axes", file("no-axes", { axes: undefined }), /axes: is missing/],
  ["a slice with a word", file("word", { origin: [0, "x", 0] }), /origin\[1\].*"x"/],
  ["a slice with null", file("null", { origin: [0, null, 0] }), /origin\[1\].*null/],
  [
    "a slice with a number too large",
    ["partition", space, "--slice", write("huge.slice.json", JSON.stringify(slice).replace("0,0,0", "0,1e999,0"))],
    /origin\[1\]/,
  ],
  ["an origin of another size", file("short", { origin: [0, 0] }), /origin: expected 3 numbers.*got 2/],
  ["an axis of another size", file("long", { axes: [slice.axes[0], [0, 1, 0, 0]] }), /axes\[1\]: expected 3 numbers.*got 4/],
  ["one axis", file("one-axis", { axes: [slice.axes[0]] }), /axes: expected two/],
  [
    "a window of zero extent",
    file("zero", {
      window: [
        [1, 1],
        [0, 1],
      ],
    }),
    /window\[0\]/,
  ],
  [
    "a window turned round",
    file("negative", {
      window: [
        [0, 1],
        [1, 0],
      ],
    }),
    /window\[1\]/,
  ],
  [
    "a window of three numbers",
    file("three", {
      window: [
        [0, 1],
        [1, 2, 3],
      ],
    }),
    /window\[1\]/,
  ],
  ["a misspelt key", file("misspelt", { windw: [] }), /windw/],
  ["--window of zero extent", ["partition", good, "--window", "0,0,0,1"], /--window.*x0/],
  ["--window turned round", ["partition", good, "--window", "0,1,1,0"], /--window.*y0/],
  ["--window of three numbers", ["partition", good, "--window", "0,1,1"], /--window/],
  ["--window with a word", ["partition", good, "--window", "0,1,a,1"], /--window/],
  ["--window with infinity", ["partition", good, "--window", "0,1,0,Infinity"], /--window/],
  ["--slice and --through", ["partition", space, "--slice", plane, "--through", points], /--slice and --through/],
  ["two points", ["partition", space, "--through", `${points}:0,${points}:1`], /three points/],
  ["a point file of several rows", ["partition", space, "--through", `${points},${points}:1,${points}:2`], /3 rows.*:0/],
  ["a row that is not there", ["partition", space, "--through", `${points}:0,${points}:1,${points}:3`], /from 0 to 2/],
  ["a point of another size", ["partition", good, "--through", points], /points\.json.*3 numbers.*2 numbers/],
  ["a point file that is missing", ["partition", space, "--through", `gone.json,${points}:1,${points}:2`], /gone\.json/],
  ["no threads", ["partition", good, "--threads", "0"], /--threads/],
  ["half a thread", ["partition", good, "--threads", "1.5"], /--threads/],
  ["an unknown colour", ["partition", good, "--colour", "pink"], /--colour.*lipschitz/],
  ["unknown edges", ["partition", good, "--edges", "some"], /--edges.*layers/],
  ["a picture of no width", ["partition", good, "--width", "0"], /--width/],
  ["a picture in a folder that is not there", ["partition", good, "--svg", "nowhere/a.svg"], /nowhere.*folder/],
  ["a checkpoint of another size", ["partition", good, "--checkpoints", space], /space.*3 inputs/],
  ["a soft network", ["partition", write("soft.maso.json", { ...network, layers: [{ kind: "swish" }] })], /soft.*beta/],
  [
    "a network that jumps",
    ["partition", write("jump.maso.json", { ...network, layers: [{ kind: "thresholded-relu", params: { theta: 1 } }] })],
    /jumps/,
  ],
  [
    "weights that are not finite",
    ["partition", write("inf.maso.json", JSON.stringify(network).replace("0.25", "1e999"))],
    /inf\.maso\.json.*weight/,
  ],
  ["a line without an end", ["line", good, "--from", write("a.json", [1, 2])], /--to/],
  [
    "a line to several rows",
    [
      "line",
      good,
      "--from",
      "a.json",
      "--to",
      write("two.json", [
        [1, 2],
        [3, 4],
      ]),
    ],
    /--to.*2 rows/,
  ],
  ["a line to another size", ["line", good, "--from", "a.json", "--to", write("wide.json", [1, 2, 3])], /wide\.json.*3 numbers/],
  ["a line to words", ["line", good, "--from", "a.json", "--to", write("words.json", ["a", "b"])], /words\.json/],
  ["a line from a missing file", ["line", good, "--from", "gone.json", "--to", "a.json"], /gone\.json/],
]; // prettier-ignore

describe("bad input for partitions", () => {
  it.each(cases)("%s", (_, words, says) => {
    const { status, stdout, stderr } = maso(...words);
    expect(stderr).toMatch(says);
    expect(stderr.trim().split("\n")).toHaveLength(1);
    expect([status, stdout]).toEqual([2, ""]);
  });

  it("nothing is written where the work fails", () => {
    const svg = join(folder, "never.svg");
    expect(maso("partition", join(folder, "soft.maso.json"), "--svg", svg).status).toBe(2);
    expect(existsSync(svg)).toBe(false);
  });
});

describe("Ctrl-C", () => {
  it("ends long work with 130 and leaves no file", async () => {
    const dense = randomDense(5);
    const layers = [dense(400, 2), { kind: "relu" }, dense(200, 400), { kind: "relu" }, dense(1, 200)];
    const large = write("large/model.maso.json", { ...network, layers });
    const run = spawn(process.execPath, [program, "partition", large, "--window", "-9,9,-9,9", "--svg", "large/out.svg"], { cwd: folder });
    const stderr: Buffer[] = [];
    run.stderr.on("data", (bytes: Buffer) => stderr.push(bytes));
    await setTimeout(1500);
    expect(run.exitCode).toBeNull();
    run.kill("SIGINT");
    const [status] = await once(run, "exit");
    expect(status).toBe(130);
    expect(Buffer.concat(stderr).toString().trim().split("\n")).toHaveLength(1);
    expect(filesIn("large")).toEqual(["model.maso.json"]);
  });
});

const fixtures = process.env.MASO_FIXTURES;

describe.skipIf(!fixtures)("partitions with known answers (MASO_FIXTURES)", () => {
  it.each(["toy-45-3-4", "mlp-64-64-64"])("%s", (name) => {
    const answer = JSON.parse(readFileSync(join(fixtures!, "answers.json"), "utf8"))[name];
    const found = masoJson("partition", join(fixtures!, "nets", `${name}.maso.json`));
    for (const key of ["regions", "distinctMaps", "vertices", "edges", "regionsAfterLayer"]) expect(found[key], key).toEqual(answer[key]);
    for (const key of ["boundaryLength", "maxLipschitzSlice"])
      expect(Math.abs(found[key] / answer[key] - 1), key).toBeLessThanOrEqual(1e-9);
  });
});
