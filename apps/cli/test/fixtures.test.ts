import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { random } from "@maso/core";
import { describe, expect, it } from "vitest";
import { masoJson, write } from "./maso";

const fixtures = process.env.MASO_FIXTURES;

describe.skipIf(!fixtures)("networks with known answers (MASO_FIXTURES)", () => {
  const nets = fixtures ? readdirSync(join(fixtures, "nets")).filter((name) => name.endsWith(".maso.json")) : ["none"];
  it.each(nets)("%s is exactly affine at each input", (name) => {
    const path = join(fixtures!, "nets", name);
    const size = (JSON.parse(readFileSync(path, "utf8")).input as number[]).reduce((a, b) => a * b, 1);
    const { normal } = random(4);
    const input = write(
      `${name}.points.json`,
      Array.from({ length: 3 }, () => Array.from({ length: size }, normal)),
    );
    const { rows, maxIdentityError } = masoJson("explain", path, "--input", input);
    expect(rows).toHaveLength(3);
    expect(maxIdentityError).toBeLessThanOrEqual(1e-12);
  });
});
