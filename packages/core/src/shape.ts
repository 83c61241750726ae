import { MasoError } from "./maso-error";

/** Extents of a tensor without its batch; images are channels-last. [] is one number. */
export type Shape = readonly number[];

/** Row-major float64, [rows, size]. The number of rows is length / size. */
export type Rows = Float64Array;

/** A gigabyte of numbers, in one point or in one table: what a machine holds beside a few others of its kind. */
const MOST_NUMBERS = 2 ** 27;

/** The number of elements of a shape. */
export function sizeOf(shape: Shape): number {
  let size = 1;
  for (const extent of shape) size *= extent;
  return size;
}

/** The number of elements of several inputs together. */
export function totalSize(shapes: readonly Shape[]): number {
  return shapes.reduce((total, shape) => total + sizeOf(shape), 0);
}

export function sameShape(a: Shape, b: Shape): boolean {
  return a.length === b.length && a.every((extent, i) => extent === b[i]);
}

export function formatShape(shape: Shape): string {
  return `[${shape.join(", ")}]`;
}

/** Throws "shape" unless every extent is a positive integer, "too-large" above 2^27 elements. */
export function checkShape(who: string, shape: Shape): void {
  if (!Array.isArray(shape) || !shape.every((extent) => Number.isInteger(extent) && extent >= 1))
    throw new MasoError("shape", `${who}: shape ${JSON.stringify(shape)} needs positive whole extents`);
  checkCount(`${who}: shape ${formatShape(shape)}`, sizeOf(shape));
}

/** Throws "too-large" for more numbers than can be held; asked before they are allocated. */
export function checkCount(who: string, count: number): void {
  if (!(count <= MOST_NUMBERS)) throw new MasoError("too-large", `${who} has ${count} elements; at most 2^27 are supported`);
}

/** The number of rows in an array of rows of this size. Throws "shape" where they do not divide. */
export function rowsOf(who: string, rows: Rows, size: number): number {
  const count = rows.length / size;
  if (!Number.isInteger(count)) throw new MasoError("shape", `${who}: ${rows.length} values do not divide into rows of ${size}`);
  return count;
}
