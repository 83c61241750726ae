import { type Shape, sizeOf, totalSize } from "@maso/core";

/** Rows of several arrays end to end, apart. */
export function splitRows(shapes: readonly Shape[], x: Float64Array, rows: number): Float64Array[] {
  const width = totalSize(shapes);
  let offset = 0;
  return shapes.map((shape) => {
    const size = sizeOf(shape);
    const part = new Float64Array(rows * size);
    for (let row = 0; row < rows; row++) part.set(x.subarray(row * width + offset, row * width + offset + size), row * size);
    offset += size;
    return part;
  });
}

/** Rows of several arrays, end to end. */
export function joinRows(parts: readonly Float64Array[], rows: number): Float64Array {
  if (parts.length === 1) return parts[0]!;
  const sizes = parts.map((part) => part.length / rows);
  const width = sizes.reduce((a, b) => a + b, 0);
  const joined = new Float64Array(rows * width);
  for (let row = 0; row < rows; row++) {
    let at = row * width;
    for (let p = 0; p < parts.length; p++) {
      joined.set(parts[p]!.subarray(row * sizes[p]!, (row + 1) * sizes[p]!), at);
      at += sizes[p]!;
    }
  }
  return joined;
}
