import { closeSync, fstatSync, openSync, readSync, statSync } from "node:fs";
import { MasoError, sizeOf } from "@maso/core";
import type { Tensor } from "@maso/layers";
import { cannotRead, STDIN } from "./read-file";
import { isNpy, type NpyLayout, npyLayout, npyNumbers } from "./read-npy";

/** The rows of an array along its first axis. */
export interface NpyRows {
  readonly count: number;
  tensors(): Iterable<{ readonly tensor: Tensor }>;
}

const MOST_HEADER_BYTES = 2 ** 17;
const CHUNK_BYTES = 2 ** 20;

/**
 * Opens a .npy file whose rows stand one behind the other, to read some at a time: it may be larger than memory. Null for any other file, and
 * for an array that is one row or has to be turned around. Throws "file" or "format"; reading rows throws "non-finite" too.
 */
export function openNpyRows(path: string, isOneRow: (shape: readonly number[]) => boolean): NpyRows | null {
  // What is no regular file can be read only once.
  if (path === STDIN || !statSync(path).isFile()) return null;
  const layout = withFile(path, (file) => {
    const { size } = fstatSync(file);
    const first = readAt(path, file, 0, Math.min(size, MOST_HEADER_BYTES));
    return isNpy(first) ? npyLayout(path, first, size) : null;
  });
  if (layout === null || layout.isColumnMajor || isOneRow(layout.shape) || layout.bytes === 0) return null;
  return { count: layout.shape[0]!, tensors: () => tensors(path, layout) };
}

function* tensors(path: string, layout: NpyLayout): Generator<{ readonly tensor: Tensor }> {
  const [count, ...shape] = layout.shape as [number, ...number[]];
  const rowBytes = layout.bytes / count;
  const step = Math.max(1, Math.floor(CHUNK_BYTES / rowBytes));
  for (let row = 0; row < count; row += step) {
    const some = Math.min(step, count - row);
    const bytes = withFile(path, (file) => readAt(path, file, layout.start + row * rowBytes, some * rowBytes));
    const numbers = npyNumbers(path, bytes, layout, row * sizeOf(shape));
    const size = sizeOf(shape);
    for (let i = 0; i < some; i++) yield { tensor: { shape, data: numbers.subarray(i * size, (i + 1) * size) } };
  }
}

function withFile<T>(path: string, action: (file: number) => T): T {
  let file: number;
  try {
    file = openSync(path, "r");
  } catch (error) {
    throw cannotRead(path, error);
  }
  try {
    return action(file);
  } finally {
    closeSync(file);
  }
}

function readAt(path: string, file: number, position: number, length: number): Buffer {
  const bytes = Buffer.alloc(length);
  for (let at = 0; at < length; ) {
    const read = readSync(file, bytes, at, length - at, position + at);
    if (read === 0) throw new MasoError("format", `${path}: truncated while it was read`);
    at += read;
  }
  return bytes;
}
