import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { openCodeFile, writeCodeFile } from "@maso/backends/code-files";
import { codeLayout, nearest, type PackedCodes, packCode } from "@maso/backends/codes";
import { wasmCompute } from "@maso/backends/compute";
import { encode } from "@maso/core";
import { fromTfjs } from "@maso/layers/tfjs";
import { afterAll, expect, it } from "vitest";
import { readDigits } from "../digits/read-digits";

const folder = mkdtempSync(join(tmpdir(), "maso-digits-"));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const BATCH = 250;

it("10,000 digits are encoded once to disk, and the nearest neighbour of each is itself, at distance 0", { timeout: 600_000 }, async () => {
  const { training, heldOut } = readDigits();
  const images = [...training.images, ...heldOut.images];
  expect(images).toHaveLength(10_000);
  const network = await fromTfjs(fileURLToPath(new URL("../../apps/cli/models/digits", import.meta.url)), { check: false });
  const layout = codeLayout(network);
  const compute = await wasmCompute();
  const batches = function* (): Generator<PackedCodes> {
    for (let from = 0; from < images.length; from += BATCH) {
      const x = Float64Array.from(images.slice(from, from + BATCH).flatMap((image) => [...image]));
      yield packCode(layout, encode(network, x, { compute }));
    }
  };
  const path = join(folder, "digits.codes");
  expect((await writeCodeFile(path, network, batches())).rows).toBe(10_000);

  const file = await openCodeFile(path, network);
  let row = 0;
  for await (const block of file.blocks()) {
    const found = await nearest(block, file, 1);
    found.forEach((list, i) => expect(list).toEqual([{ index: row + i, distance: 0 }]));
    row += block.rows;
  }
  expect(row).toBe(10_000);
});
