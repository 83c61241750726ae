import { MasoError } from "@maso/core";
import { type Item, readInput } from "../input/read-input";
import type { ModelFile } from "../model/open-model";

/** One row of input: a file that has one, or `file:row`. Throws "usage", "file", "format" and the like. */
export async function readPoint(option: string, spec: string, { inputs }: ModelFile): Promise<Item> {
  const [, path, row] = /^(.*):(\d+)$/.exec(spec) ?? [undefined, spec, undefined];
  const items = await readInput(
    [path!],
    inputs.map(({ shape }) => shape),
  );
  if (row === undefined && items.length > 1)
    throw new MasoError("usage", `${option} ${spec}: has ${items.length} rows; name one, as in ${spec}:0`);
  const item = items[Number(row ?? 0)];
  if (!item) throw new MasoError("usage", `${option} ${spec}: has ${items.length} rows; expected a row from 0 to ${items.length - 1}`);
  return item;
}

/** Three points, `a,b,c`: a file of one row each, or file:row; or one file of three rows. */
export async function readThreePoints(option: string, list: string, file: ModelFile): Promise<readonly Item[]> {
  const specs = list.split(",").map((spec) => spec.trim());
  if (specs.length === 1 && !/:\d+$/.test(specs[0]!)) {
    const items = await readInput(
      specs,
      file.inputs.map(({ shape }) => shape),
    );
    if (items.length === 3) return items;
  }
  if (specs.length !== 3 || specs.includes(""))
    throw new MasoError(
      "usage",
      `${option} ${list}: expected three points, as in a.json,b.json,c.json or rows.json:0,rows.json:1,rows.json:2`,
    );
  const items: Item[] = [];
  for (const spec of specs) items.push(await readPoint(option, spec, file));
  return items;
}
