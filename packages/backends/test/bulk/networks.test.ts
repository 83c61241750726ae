import { encode, forward, inputSize, jvp, localMap, type Network, outputShape, type Rows, sizeOf, vjp } from "@maso/core";
import { describe, expect, it } from "vitest";
import { devices } from "./devices";
import { wholeBranches, wholeImages, wholeNumbers } from "./whole-networks";

const POINTS = 3;
const networks: Readonly<Record<string, Network>> = { images: wholeImages(), branches: wholeBranches() };

for (const { name, absent, compile } of devices)
  describe.skipIf(absent !== undefined)(
    `networks of whole numbers on ${name}${absent ? ` (${absent})` : ""}: exactly what core gives`,
    () => {
      for (const [title, network] of Object.entries(networks)) {
        const [inputs, outputs] = [inputSize(network), sizeOf(outputShape(network))];
        const x = wholeNumbers(POINTS * inputs, 3, 100);

        it(`${title}: f, codes, and the map and its bias`, async () => {
          const bulk = await compile(network);
          const map = localMap(network, x);
          expect(values(await bulk.forward(x))).toEqual(values(forward(network, x)));
          const { layers } = encode(network, x);
          expect(await bulk.choices(x)).toEqual(layers.map(({ choice }) => choice));
          expect(layers.some(({ choice }) => new Set(choice).size > 1)).toBe(true);
          expect(values(await bulk.templates(x))).toEqual(values(map.adjoint(identities(outputs, POINTS))));
          expect(values(await bulk.localBias(x))).toEqual(values(map.bias()));
          bulk.dispose();
        });

        it(`${title}: J v and Jᵀ u, several rows for each point`, async () => {
          const bulk = await compile(network);
          const v = wholeNumbers(2 * POINTS * inputs, 2, 200);
          const u = wholeNumbers(2 * POINTS * outputs, 2, 300);
          expect(values(await bulk.jvp(x, v))).toEqual(values(jvp(network, x, v)));
          expect(values(await bulk.vjp(x, u))).toEqual(values(vjp(network, x, u)));
          bulk.dispose();
        });
      }
    },
  );

/** 0 and −0 are one number. */
const values = (rows: Rows): number[] => Array.from(rows, (value) => value + 0);

function identities(size: number, count: number): Rows {
  return Float64Array.from({ length: count * size * size }, (_, i) => (Math.floor(i / size) % size === i % size ? 1 : 0));
}
