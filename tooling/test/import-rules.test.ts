import { describe, expect, it } from "vitest";
import { violations } from "../scripts/import-rules";

const rejected: readonly (readonly [path: string, text: string])[] = [
  ["packages/core/src/a.ts", 'import { x } from "@maso/layers";'],
  ["packages/core/src/a.ts", 'import type { x } from "valibot";'],
  ["packages/core/src/a.ts", 'export * from "node:fs";'],
  ["packages/layers/src/a.ts", 'const x = await import("@maso/analysis");'],
  ["packages/layers/src/a.ts", 'import * as tf from "@tensorflow/tfjs-core";'],
  ["packages/layers/src/a.ts", 'type T = import("@tensorflow/tfjs-core").Tensor;'],
  ["packages/backends/src/a.ts", 'import { builtins } from "@maso/layers";'],
  ["packages/analysis/src/a.ts", 'import { builtins } from "@maso/layers";'],
  ["packages/analysis/src/a.ts", "export const f = (op: { kind: string }) => op.kind;"],
  ["packages/analysis/src/a.ts", 'export const f = (op: { kind: string }) => op["kind"];'],
  ["packages/analysis/src/a.ts", "export const f = ({ kind }: { kind: string }) => kind;"],
  ["packages/rnn/src/a.ts", 'import { x } from "@maso/analysis";'],
  ["packages/layers/src/deep/a.ts", 'import { x } from "../../../core/src/index";'],
  ["packages/layers/test/a.test.ts", 'import { x } from "../../../tooling/scripts/x";'],
  ["packages/layers/src/a.ts", 'import { x } from "../../../apps/cli/src/x";'],
];

const accepted: typeof rejected = [
  ["packages/core/src/deep/a.ts", 'import { x } from "../b";'],
  ["packages/layers/src/a.ts", 'import { x } from "@maso/core"; import * as v from "valibot";'],
  ["packages/layers/src/tfjs/a.ts", 'const tf = await import("@tensorflow/tfjs-core");'],
  ["packages/backends/src/a.ts", 'import type { Registry } from "@maso/layers"; import { type Tensor } from "@maso/layers";'],
  ["packages/analysis/src/a.ts", 'export const f = (op: { type: string }) => op.type === "affine";'],
  ["packages/analysis/test/a.test.ts", 'import { builtins } from "@maso/layers"; const k = { kind: 1 }.kind;'],
  ["packages/layers/vitest.config.ts", 'import { tests } from "../../tooling/presets/vitest";'],
  ["apps/cli/src/a.ts", 'import { x } from "@maso/analysis"; import * as tf from "@tensorflow/tfjs-core";'],
];

describe("forbidden imports are found", () => {
  it.each(rejected)("%s: %s", (path, text) => expect(violations(path, text)).toHaveLength(1));
});

describe("allowed imports pass", () => {
  it.each(accepted)("%s: %s", (path, text) => expect(violations(path, text)).toEqual([]));
});

it("names the line", () => expect(violations("packages/core/src/a.ts", '\n\nimport "x";')[0]!.line).toBe(3));
