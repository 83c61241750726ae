import { spawnSync } from "node:child_process";
import { lstatSync, readFileSync, symlinkSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { describe, expect, it } from "vitest";
import { folder, maso, masoJson, network, write, writeTfjs } from "./maso";

const net = write("net.maso.json", network);
const points = write("points.json", [[0.5, -1]]);
const program = fileURLToPath(new URL("../bin/maso.mjs", import.meta.url));

const plugin = (name: string, body: string): string =>
  write(name, `console.log("hello"); import { elementwise } from "@maso/core"; export const p = { kind: "p", build: ${body} };`);
const withPlugin = write("p.maso.json", { ...network, layers: [...network.layers, { id: "end", kind: "p" }] });

describe("stdout is for the answer alone", () => {
  it("what a plugin prints goes to stderr", () => {
    const loud = plugin("loud.mjs", `(_, [shape]) => { console.log("building"); return elementwise(shape, { slopes: [0, 1] }); }`);
    const { stdout, stderr } = maso("explain", withPlugin, "--plugin", loud, "--input", points, "--json");
    expect(JSON.parse(stdout).rows).toHaveLength(1);
    expect(stderr).toMatch(/hello[\s\S]*building/);
  });

  it("a comparison with tfjs that did not happen is told, with --json too", () => {
    const config = { name: "u", size: 2, batch_input_shape: [null, 2, 2, 1] };
    const model = writeTfjs("odd", { layers: [{ class_name: "UpSampling2D", config }], specs: [], data: new Uint8Array(0) });
    const { status, stdout, stderr } = maso("inspect", model, "--json");
    expect(status).toBe(0);
    expect(stderr).toMatch(/^maso: note: .*odd.*not compared with TensorFlow\.js.*\n$/);
    expect(JSON.parse(stdout).agreement).toEqual({ skipped: expect.any(String) });
    expect(masoJson("inspect", writeTfjs("even")).agreement).toEqual({ error: expect.any(Number), tolerance: 1e-4 });
  });

  it("a failure after a notice is one line", () => {
    const { status, stderr } = maso("explain", net, "--input", points, "--scale", "2", "--rows", "9");
    expect([status, stderr.trimEnd().split("\n").length]).toEqual([2, 1]);
  });
});

describe("plugins that fail are named, with the layer and the file", () => {
  it.each([
    ["an error", `() => { throw new TypeError("my bad"); }`, /layers\[3\].*thrown\.mjs.*plugin p.*my bad/],
    ["nothing", "() => {}", /layers\[3\].*thrown\.mjs.*plugin p.*got undefined/],
  ])("%s", (_, body, says) => {
    const { status, stdout, stderr } = maso("explain", withPlugin, "--plugin", plugin("thrown.mjs", body), "--input", points);
    expect({ status, stdout }).toEqual({ status: 2, stdout: "" });
    expect(stderr.split("\n").find((line) => line.startsWith("maso:"))).toMatch(says);
  });
});

describe("what is written", () => {
  it("keeps links, to files that are there and to those that are not yet", () => {
    for (const target of ["there.maso.json", "new.maso.json"]) {
      if (target === "there.maso.json") write(target, "old");
      const link = join(folder, `link-to-${target}`);
      symlinkSync(join(folder, target), link);
      expect(maso("convert", net, link).status).toBe(0);
      expect(lstatSync(link).isSymbolicLink()).toBe(true);
      expect(JSON.parse(readFileSync(join(folder, target), "utf8")).format).toBe("maso-network");
    }
  });

  it("keeps devices", () => {
    expect(maso("convert", net, "/dev/null").status).toBe(0);
    expect(lstatSync("/dev/null").isCharacterDevice()).toBe(true);
  });

  it("is not a folder", () => {
    const { status, stderr } = maso("convert", net, folder);
    expect([status, stderr]).toEqual([2, expect.stringContaining("it is a folder")]);
  });
});

it("rows may come from standard input", () => {
  const { stdout } = spawnSync(process.execPath, [program, "explain", net, "--input", "-", "--json"], {
    input: "[[0.5, -1]]",
    encoding: "utf8",
  });
  expect(JSON.parse(stdout).rows[0].logits).toEqual([1.6, 0]);
});

it("has a version and help on each command; what it does not know is an error", () => {
  expect(maso("--version")).toMatchObject({ status: 0, stdout: expect.stringMatching(/^\d+\.\d+\.\d+\S*\n$/) });
  expect(maso("help", "explain")).toMatchObject({ status: 0, stdout: expect.stringContaining("--rows") });
  expect(maso("explain", net, "foo", "--input", points)).toMatchObject({
    status: 2,
    stdout: "",
    stderr: expect.stringContaining("argument"),
  });
});
