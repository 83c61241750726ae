import { builtins } from "@maso/layers";
import { type BulkDevice, conformance } from "@maso/layers/testing";
import { describe, test } from "vitest";
import { cases } from "../../../layers/test/conformance/cases";

/** The conformance kit for every built-in on a device. */
export function builtInsOn(device: BulkDevice, runs: number): void {
  describe(`built-ins on ${device.name}`, () => {
    for (const [kind, plugin] of builtins.plugins)
      conformance(plugin, cases[kind] ?? [], { test, layers: builtins, backends: [device], backendsOnly: true, runs });
  });
}
