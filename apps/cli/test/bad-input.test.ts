import { existsSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { folder, maso, network, write, writeTfjs } from "./maso";

const good = write("good.maso.json", network);
const rows = write("rows.json", [[1, 2]]);
const weights = (...values: number[]): Uint8Array => new Uint8Array(Float32Array.from(values).buffer);
const explain = (model: string, input = rows): string[] => ["explain", model, "--input", input];
const layer = (config: object, class_name = "ReLU"): { layers: unknown[]; specs: unknown[]; data: Uint8Array } => ({
  layers: [{ class_name, config: { name: "r", ...config } }],
  specs: [],
  data: new Uint8Array(0),
});

/** What was typed, the exit code, and what the one line must name. */
const cases: readonly (readonly [name: string, words: readonly string[], status: number, says: RegExp])[] = [
  ["a missing model", explain("nowhere.json"), 2, /nowhere\.json/],
  ["a missing input", explain(good, "nowhere.json"), 2, /nowhere\.json/],
  ["a folder without model.json", explain(folder), 2, /model\.json/],
  ["a model that is no JSON", explain(write("text.json", "not json")), 2, /text\.json/],
  ["a model that is another JSON", explain(write("other.json", { a: 1 })), 2, /other\.json.*maso-network/],
  ["a truncated weight file", explain(writeTfjs("short", { data: weights(1, 2, 3) })), 2, /short.*d\/kernel/],
  ["NaN weights", explain(writeTfjs("nan", { data: weights(1, 2, 3, 4, 5, 6, 7, Number.NaN) })), 2, /nan.*d\/bias.*NaN/],
  ["infinite weights", explain(writeTfjs("inf", { data: weights(1, 2, 3, 4, 5, Infinity, 7, 8) })), 2, /inf.*d\/kernel.*Infinity/],
  [
    "an infinite weight in a network file",
    explain(write("inf.maso.json", JSON.stringify(network).replace("0.25", "1e999"))),
    2,
    /inf\.maso\.json.*layers\[0\]\.params\.weight/,
  ],
  [
    "an input of the wrong length",
    explain(
      good,
      write("long.json", [
        [1, 2],
        [1, 2, 3],
      ]),
    ),
    2,
    /long\.json: row 1.*3 numbers.*2 numbers/,
  ],
  ["an input that is no numbers", explain(good, write("words.json", [["a", "b"]])), 2, /words\.json/],
  ["an input with null", explain(good, write("null.json", [[1, null]])), 2, /null\.json/],
  ["an input with infinity", explain(good, write("huge.json", "[[1, 1e999]]")), 2, /huge\.json/],
  ["an empty input", explain(good, write("empty.json", [])), 2, /empty\.json/],
  ["a truncated .npy", explain(good, write("cut.npy", new Uint8Array([0x93, ...Buffer.from("NUMPY"), 1, 0, 200, 0]))), 2, /cut\.npy/],
  ["a truncated image", explain(good, write("cut.png", new Uint8Array([0x89, 0x50, 0x4e, 0x47, 13, 10, 26, 10, 0]))), 2, /cut\.png/],
  [
    "numbers that overflow",
    explain(
      write("over.maso.json", {
        ...network,
        layers: [
          { kind: "dense", params: { weight: [[1e200, 1]] } },
          { kind: "dense", params: { weight: [[1e200]] } },
        ],
      }),
    ),
    2,
    /finite/,
  ],
  [
    "a layer nobody knows, in a network file",
    explain(write("unknown.maso.json", { ...network, layers: [{ kind: "perceptron9000" }] })),
    3,
    /perceptron9000/,
  ],
  [
    "a layer nobody knows, in a tfjs model",
    explain(writeTfjs("custom", layer({ batch_input_shape: [null, 3] }, "Perceptron9000"))),
    3,
    /Perceptron9000/,
  ],
  [
    "a cyclic network file",
    explain(
      write("cycle.maso.json", {
        ...network,
        layers: [
          { id: "a", kind: "relu", from: "b" },
          { id: "b", kind: "relu", from: "a" },
        ],
      }),
    ),
    2,
    /cycle/,
  ],
  ["a dangling network file", explain(write("dangling.maso.json", { ...network, layers: [{ kind: "relu", from: "ghost" }] })), 2, /ghost/],
  ["absurd shapes in a tfjs model", explain(writeTfjs("absurd", layer({ batch_input_shape: [null, 65536, 65536] }))), 2, /absurd.*2\^27/],
  [
    "absurd weights in a tfjs model",
    explain(writeTfjs("heavy", { specs: [{ name: "d/kernel", shape: [2 ** 20, 2 ** 12], dtype: "float32" }] })),
    2,
    /heavy.*d\/kernel/,
  ],
  ["absurd shapes in a network file", explain(write("absurd.maso.json", { ...network, input: [2 ** 16, 2 ** 16] })), 2, /2\^27/],
  [
    "absurd shapes within",
    explain(write("grow.maso.json", { ...network, input: [9, 9, 1], layers: [{ kind: "upsample2d", params: { size: 99999 } }] })),
    2,
    /2\^27/,
  ],
  [
    "a key like __proto__ in a network file",
    explain(write("proto.maso.json", JSON.stringify(network).replace('"kind":"relu"', '"kind":"relu","__proto__":{"kind":"abs"}'))),
    2,
    /__proto__/,
  ],
  ["a class like __proto__", explain(writeTfjs("proto", layer({ batch_input_shape: [null, 3] }, "__proto__"))), 3, /__proto__/],
  ["no input at all", ["explain", good], 2, /--input/],
  ["an unknown option", ["explain", good, "--inputt", rows], 2, /--inputt/],
  ["an unknown command", ["explian", good], 2, /explian/],
  ["an unknown cut", [...explain(good), "--cut", "nowhere"], 2, /nowhere/],
  ["an unknown output", [...explain(writeTfjs("fine")), "--output", "nothing"], 2, /nothing/],
  ["rows that are not there", [...explain(good), "--rows", "0,7"], 2, /--rows/],
  ["a scale that is none", [...explain(good), "--scale", "-x"], 2, /--scale/],
  ["a plugin that is none", [...explain(good), "--plugin", rows], 2, /rows\.json/],
  ["a file that cannot be written", ["convert", good, "no/such/folder/out.maso.json"], 2, /out\.maso\.json/],
]; // prettier-ignore

describe("bad input gets one line on stderr, nothing on stdout, and its exit code", () => {
  it.each(cases)("%s", (_, words, status, says) => {
    for (const json of [[], ["--json"]]) {
      const run = maso(...words, ...json);
      expect(run.stderr).toMatch(says);
      expect({ status: run.status, stdout: run.stdout }).toEqual({ status, stdout: "" });
      expect(run.stderr.trimEnd().split("\n")).toHaveLength(1);
      expect(run.stderr).not.toMatch(/\n\s+at /);
    }
  });
});

it("a report that cannot be made leaves nothing behind", () => {
  expect(maso(...explain(good, "nowhere.json"), "--report", "left").status).toBe(2);
  expect(existsSync(join(folder, "left"))).toBe(false);
});
