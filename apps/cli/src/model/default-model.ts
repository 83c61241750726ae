import { fileURLToPath } from "node:url";
import { readJson } from "../input/read-file";
import type { Item } from "../input/read-input";

const folder = fileURLToPath(new URL("./default/", import.meta.url));

/** The digit classifier that stands beside the built program. */
export const DEFAULT_MODEL = `${folder}model.json`;

/** Two dozen digits that it was not trained on. */
export function defaultDigits(): readonly Item[] {
  const file = `${folder}digits.json`;
  const { labels, digits } = readJson(file) as { readonly labels: readonly number[]; readonly digits: readonly (readonly number[])[] };
  return digits.map((json, i) => ({ label: `a ${labels[i]}`, where: `${file}: row ${i}`, value: { json } }));
}
