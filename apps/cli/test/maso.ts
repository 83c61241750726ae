import { spawnSync } from "node:child_process";
import { mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { afterAll } from "vitest";

export const program = fileURLToPath(new URL("../bin/maso.mjs", import.meta.url));

/** The tests' own folder, where the program runs. */
export const folder = mkdtempSync(join(tmpdir(), "maso-cli-"));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

export interface Run {
  readonly status: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

/** The program as people call it. */
export function maso(...words: readonly string[]): Run {
  const { status, stdout, stderr } = spawnSync(process.execPath, [program, ...words], {
    cwd: folder,
    encoding: "utf8",
    maxBuffer: 2 ** 28,
  });
  return { status, stdout, stderr };
}

/** What a command prints with --json, when it succeeds. */
// biome-ignore lint/suspicious/noExplicitAny: the tests look into it freely
export function masoJson(...words: readonly string[]): any {
  const { status, stdout, stderr } = maso(...words, "--json");
  if (status !== 0) throw new Error(`maso ${words.join(" ")} ended with ${status}: ${stderr}`);
  return JSON.parse(stdout);
}

/** Writes a file of the tests; objects as JSON. */
export function write(name: string, content: unknown): string {
  const path = join(folder, name);
  mkdirSync(dirname(path), { recursive: true });
  writeFileSync(path, typeof content === "string" || content instanceof Uint8Array ? content : JSON.stringify(content));
  return path;
}

export const filesIn = (name: string): readonly string[] => readdirSync(join(folder, name));

/** A network of two values: dense, ReLU, dense. */
export const network = {
  format: "maso-network",
  version: 1,
  input: [2],
  layers: [
    {
      kind: "dense",
      params: {
        weight: [
          [1, -1],
          [0.5, 2],
          [-1, 0.25],
        ],
        bias: [0.1, -0.2, 0],
      },
    },
    { kind: "relu" },
    {
      kind: "dense",
      params: {
        weight: [
          [1, 2, -1],
          [0, 1, 1],
        ],
      },
    },
  ],
}; // prettier-ignore

/** A tfjs layers-model of one dense layer of 3 → 2, in a folder of its own. */
export function writeTfjs(
  name: string,
  { layers, specs, data }: { readonly layers?: unknown[]; readonly specs?: unknown[]; readonly data?: Uint8Array } = {},
): string {
  const dense = { class_name: "Dense", config: { name: "d", units: 2, batch_input_shape: [null, 3], activation: "softmax" } };
  const weights = specs ?? [
    { name: "d/kernel", shape: [3, 2], dtype: "float32" },
    { name: "d/bias", shape: [2], dtype: "float32" },
  ]; // prettier-ignore
  write(`${name}/model.json`, {
    format: "layers-model",
    modelTopology: { class_name: "Sequential", config: { name: "m", layers: layers ?? [dense] } },
    weightsManifest: [{ paths: ["w.bin"], weights }],
  });
  write(`${name}/w.bin`, data ?? new Uint8Array(Float32Array.of(1, 2, 3, 4, 5, 6, 7, 8).buffer));
  return join(folder, name);
}
