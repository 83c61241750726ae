import { encode, forward, jvp, localMap, type Network, outputShape, type Rows, sizeOf, vjp } from "@maso/core";
import { describe, expect, it } from "vitest";
import { type AnyPlugin, builtins } from "../../src";
import { type BulkDevice, type BulkOnRows, conformance, type TestFunction } from "../../src/testing";

/** A device that rounds what core gives to float32, with one function replaced. */
function device(broken: (network: Network) => Partial<BulkOnRows> = () => ({}), absent?: string): BulkDevice {
  const single = async (rows: Rows): Promise<Rows> => rows.map(Math.fround);
  return {
    name: "it",
    ...(absent !== undefined && { absent }),
    compile: async (network) => ({
      forward: (x) => single(forward(network, x)),
      choices: async (x) => encode(network, x).layers.map(({ choice }) => choice),
      jvp: (x, v) => single(jvp(network, x, v)),
      vjp: (x, u) => single(vjp(network, x, u)),
      templates: (x) => {
        const map = localMap(network, x);
        const outputs = sizeOf(outputShape(network));
        const identity = Float64Array.from({ length: map.rows * outputs ** 2 }, (_, i) =>
          Number(Math.floor(i / outputs) % outputs === i % outputs),
        );
        return single(map.adjoint(identity));
      },
      localBias: (x) => single(localMap(network, x).bias()),
      dispose: () => undefined,
      ...broken(network),
    }),
  };
}

/** Runs the kit on a device; the names of the laws that fail, and of those that were skipped. */
async function run(
  kind: "dense" | "clip" | "swish",
  on: BulkDevice,
): Promise<{ readonly failed: string[]; readonly skipped: string[]; readonly ran: number }> {
  const laws: { readonly name: string; readonly law: () => void | Promise<void> }[] = [];
  const skipped: string[] = [];
  const test: TestFunction = Object.assign((name: string, law: () => void | Promise<void>) => laws.push({ name, law }), {
    skip: (name: string) => skipped.push(name),
  });
  const params = { dense: { weight: [[1, -2, 0.1], [0, 3, 1]], bias: [1, 0.3] }, clip: { min: -1, max: 2 }, swish: {} }[kind]; // biome-ignore format: one line
  conformance(builtins.plugins.get(kind) as unknown as AnyPlugin, [{ inputs: [[3]], params }], {
    test,
    backends: [on],
    backendsOnly: true,
  });
  const failed: string[] = [];
  for (const { name, law } of laws)
    try {
      await law();
    } catch {
      failed.push(name.replace(/^.*on it, /, ""));
    }
  return { failed: [...new Set(failed)], skipped, ran: laws.length };
}

const off = (rows: Rows, by = 1e-5): Rows => rows.map((value) => value * (1 + by) + (value === 0 ? 1e-5 : 0));

describe("the kit on devices", () => {
  it.each(["dense", "clip", "swish"] as const)("passes what is core's own, rounded: %s", async (kind) => {
    const { failed, ran } = await run(kind, device());
    expect(failed).toEqual([]);
    expect(ran).toBeGreaterThan(3);
  });

  it("skips what is absent, and says why", async () => {
    const { skipped, ran } = await run("dense", device(undefined, "no such driver"));
    expect(ran).toBe(0);
    expect(skipped.every((name) => name.includes("no such driver"))).toBe(true);
    expect(skipped.length).toBeGreaterThan(3);
  });

  it.each([
    ["f(x)", (network: Network): Partial<BulkOnRows> => ({ forward: async (x) => off(forward(network, x)) })],
    [
      "the rows of A[x], and b[x]",
      (network: Network): Partial<BulkOnRows> => ({ localBias: async (x) => off(localMap(network, x).bias()) }),
    ],
    ["J[x] v and J[x]ᵀ u", (network: Network): Partial<BulkOnRows> => ({ vjp: async (x, u) => off(vjp(network, x, u)) })],
    [
      "codes off the band in which float32 cannot tell selectors apart",
      (network: Network): Partial<BulkOnRows> => ({
        choices: async (x) => encode(network, x).layers.map(({ choice }) => choice.map((piece) => 2 - piece)),
      }),
    ],
  ] as const)("catches what is off: %s", async (law, broken) => {
    expect((await run("clip", device(broken))).failed).toContain(law);
  });
});
