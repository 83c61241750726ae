import { readdirSync } from "node:fs";
import { basename, extname, join } from "node:path";
import { MasoError } from "@maso/core";
import type { Tensor } from "@maso/layers";
import { isIdx, openIdx } from "./idx";
import { decodeImage, type Image, isJpeg, isPng } from "./image";
import { openNpyRows } from "./npy-rows";
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

/** The rows of one file, in order; most are read when they are asked for. */
export interface FileRows {
  readonly count: number;
  items(): AsyncIterable<Item> | Iterable<Item>;
}

/** The rows of all files: JSON, .npy, IDX, PNG and JPEG by their content, folders of images. Throws "file", "format" and the like. */
export async function readInput(paths: readonly string[], declared: readonly OpenShape[]): Promise<readonly Item[]> {
  const items: Item[] = [];
  for (const path of filesOf(paths)) for await (const item of (await openRows(path, declared)).items()) items.push(item);
  const isOnly = new Set(items.map(({ where }) => where.split(": row ")[0])).size === 1;
  return isOnly
    ? items
    : items.map((item) => ("image" in item.value ? item : { ...item, label: `${basename(item.where.split(": row ")[0]!)} ${item.label}` }));
}

/** The files of these paths; a folder stands for its images, by name. Throws "file". */
export const filesOf = (paths: readonly string[]): readonly string[] => paths.flatMap(expandFolder);

function expandFolder(path: string): readonly string[] {
  if (!isFolder(path)) return [path];
  const images = readdirSync(path).filter((name) => /\.(png|jpe?g)$/i.test(name));
  if (images.length === 0) throw new MasoError("file", `${path}: no PNG or JPEG image in this folder`);
  return images.sort().map((name) => join(path, name));
}

/** Opens one file. Throws "file", "format" and the like, here or when rows are read. */
export async function openRows(path: string, declared: readonly OpenShape[]): Promise<FileRows> {
  const named = (values: Iterable<Item["value"]>, count: number): FileRows => ({ count, items: () => nameRows(path, values) });
  const streamed = openNpyRows(path, (shape) => isOneArray(shape, declared));
  if (streamed) return named(streamed.tensors(), streamed.count);
  const bytes = readBytes(path);
  if (isPng(bytes) || isJpeg(bytes)) {
    const item = { label: basename(path, extname(path)), where: path, value: { image: await decodeImage(path, bytes) } };
    return { count: 1, items: () => [item] };
  }
  if (isIdx(bytes)) {
    const { count, images } = openIdx(path, bytes);
    return named(images(), count);
  }
  const values = isNpy(bytes)
    ? tensorRows(readNpy(path, bytes), declared).map((tensor) => ({ tensor }))
    : jsonRows(path, parseJson(path, bytes), declared).map((json) => ({ json }));
  return named(values, values.length);
}

function* nameRows(path: string, values: Iterable<Item["value"]>): Generator<Item> {
  let row = 0;
  for (const value of values) yield { label: `row ${row}`, where: `${path}: row ${row++}`, value };
}

/** The first axis counts rows, unless the array as a whole is one: flat, or in the input's shape. */
function tensorRows({ shape, data }: Tensor, declared: readonly OpenShape[]): readonly Tensor[] {
  if (isOneArray(shape, declared)) return [{ shape, data }];
  const [rows, ...rest] = shape;
  const size = data.length / rows!;
  return Array.from({ length: rows! }, (_, i) => ({ shape: rest, data: data.subarray(i * size, (i + 1) * size) }));
}

function jsonRows(path: string, value: unknown, declared: readonly OpenShape[]): readonly unknown[] {
  if (!Array.isArray(value)) throw new MasoError("format", `${path}: expected an array of rows`);
  if (value.length === 0) throw new MasoError("format", `${path}: expected at least one row, got an empty array`);
  return value.every((item) => typeof item === "number") || isOneRow(outerShape(value), declared) ? [value] : value;
}

const isOneArray = (shape: readonly number[], declared: readonly OpenShape[]): boolean => shape.length <= 1 || isOneRow(shape, declared);

const isOneRow = (shape: readonly number[], declared: readonly OpenShape[]): boolean =>
  declared.length === 1 && shape.length > 1 && fits(declared[0]!, shape);

/** The extents along the first elements. */
export function outerShape(value: unknown): number[] {
  const shape: number[] = [];
  for (let level = value; Array.isArray(level); level = level[0]) shape.push(level.length);
  return shape;
}
