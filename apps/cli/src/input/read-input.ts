import { readdirSync } from "node:fs";
import { basename, extname, join } from "node:path";
import { MasoError } from "@maso/core";
import type { Tensor } from "@maso/layers";
import { decodeImage, type Image, isJpeg, isPng } from "./image";
import { fits, type OpenShape } from "./open-shape";
import { isFolder, parseJson, readBytes } from "./read-file";
import { isNpy, readNpy } from "./read-npy";

/** One row of input as its file has it, before it meets the model's shapes. */
export interface Item {
  readonly label: string;
  /** For messages: the file, and the row where it has several. */
  readonly where: string;
  readonly value: { readonly image: Image } | { readonly tensor: Tensor } | { readonly json: unknown };
}

/** The rows of all files: JSON, .npy, PNG and JPEG by their content, folders of images. Throws "file", "format" and the like. */
export async function readInput(paths: readonly string[], declared: readonly OpenShape[]): Promise<readonly Item[]> {
  const items: Item[] = [];
  for (const path of paths.flatMap(expandFolder)) for (const item of await readItems(path, declared)) items.push(item);
  const isOnly = new Set(items.map(({ where }) => where.split(": row ")[0])).size === 1;
  return isOnly
    ? items
    : items.map((item) => ("image" in item.value ? item : { ...item, label: `${basename(item.where.split(": row ")[0]!)} ${item.label}` }));
}

function expandFolder(path: string): readonly string[] {
  if (!isFolder(path)) return [path];
  const images = readdirSync(path).filter((name) => /\.(png|jpe?g)$/i.test(name));
  if (images.length === 0) throw new MasoError("file", `${path}: no PNG or JPEG image in this folder`);
  return images.sort().map((name) => join(path, name));
}

async function readItems(path: string, declared: readonly OpenShape[]): Promise<readonly Item[]> {
  const bytes = readBytes(path);
  if (isPng(bytes) || isJpeg(bytes))
    return [{ label: basename(path, extname(path)), where: path, value: { image: await decodeImage(path, bytes) } }];
  if (isNpy(bytes)) return tensorRows(readNpy(path, bytes), declared).map((tensor, i) => ({ ...rowName(path, i), value: { tensor } }));
  return jsonRows(path, parseJson(path, bytes), declared).map((json, i) => ({ ...rowName(path, i), value: { json } }));
}

const rowName = (path: string, i: number): Pick<Item, "label" | "where"> => ({ label: `row ${i}`, where: `${path}: row ${i}` });

/** The first axis counts rows, unless the array as a whole is one: flat, or in the input's shape. */
function tensorRows({ shape, data }: Tensor, declared: readonly OpenShape[]): readonly Tensor[] {
  if (shape.length <= 1 || isOneRow(shape, declared)) return [{ shape, data }];
  const [rows, ...rest] = shape;
  const size = data.length / rows!;
  return Array.from({ length: rows! }, (_, i) => ({ shape: rest, data: data.subarray(i * size, (i + 1) * size) }));
}

function jsonRows(path: string, value: unknown, declared: readonly OpenShape[]): readonly unknown[] {
  if (!Array.isArray(value)) throw new MasoError("format", `${path}: expected an array of rows`);
  if (value.length === 0) throw new MasoError("format", `${path}: expected at least one row, got an empty array`);
  return value.every((item) => typeof item === "number") || isOneRow(outerShape(value), declared) ? [value] : value;
}

const isOneRow = (shape: readonly number[], declared: readonly OpenShape[]): boolean =>
  declared.length === 1 && shape.length > 1 && fits(declared[0]!, shape);

/** The extents along the first elements. */
export function outerShape(value: unknown): number[] {
  const shape: number[] = [];
  for (let level = value; Array.isArray(level); level = level[0]) shape.push(level.length);
  return shape;
}
