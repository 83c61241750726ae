import { readFileSync } from "node:fs";
import { builtins } from "@maso/layers";
import { vocabulary } from "@maso/layers/tfjs";
import { describe, expect, it } from "vitest";
import { renderLayers } from "../scripts/render-layers";
import { root } from "../scripts/workspace";

describe("packages/layers/LAYERS.md", () => {
  const text = readFileSync(`${root}packages/layers/LAYERS.md`, "utf8");

  it("is what the registry says", () => {
    expect(text === renderLayers(), "it is stale; npm run layers makes it anew").toBe(true);
  });

  it("names every kind, class, activation, op and refusal", () => {
    const words = new Set(text.split(/[^\w-]+/));
    const rules = [...builtins.plugins.values()].flatMap(({ kind, tfjs }) => [
      kind,
      ...[tfjs?.layers, tfjs?.activations, tfjs?.ops, tfjs?.patterns].flatMap((each) => Object.keys(each ?? {})),
    ]);
    expect([...rules, ...vocabulary.refused.keys()].filter((name) => !words.has(name) && !text.includes(`_${name}_`))).toEqual([]);
  });
});
