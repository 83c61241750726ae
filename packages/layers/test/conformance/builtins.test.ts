import { describe, expect, it, test } from "vitest";
import { builtins } from "../../src";
import { conformance } from "../../src/testing";
import { cases } from "./cases";

it("every built-in has cases", () => expect(Object.keys(cases).sort()).toEqual([...builtins.plugins.keys()].sort()));

for (const [kind, plugin] of builtins.plugins) describe(kind, () => conformance(plugin, cases[kind] ?? [], { test, layers: builtins }));
