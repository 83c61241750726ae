/** A matrix inside an array: B[p, j] = values[start + p·rowStride + j·columnStride]. */
export interface Strided {
  readonly values: Float64Array;
  readonly start: number;
  readonly rows: number;
  readonly columns: number;
  readonly rowStride: number;
  readonly columnStride: number;
}

/**
 * A matrix copied into the order in which a product reads it. Columns go in panels of four, row after row, the last one to
 * three alone; column j, or the panel that begins with it, is at values[j·rows].
 */
export interface Panels {
  readonly values: Float64Array;
  readonly rows: number;
  readonly columns: number;
}

export function panels({ values, start, rows, columns, rowStride, columnStride }: Strided): Panels {
  const copy = new Float64Array(rows * columns);
  const inFours = columns - (columns % 4);
  let to = 0;
  for (let j = 0; j < inFours; j += 4)
    for (let p = 0, at = start + j * columnStride; p < rows; p++, at += rowStride, to += 4) {
      copy[to] = values[at];
      copy[to + 1] = values[at + columnStride];
      copy[to + 2] = values[at + 2 * columnStride];
      copy[to + 3] = values[at + 3 * columnStride];
    }
  for (let j = inFours; j < columns; j++)
    for (let p = 0, at = start + j * columnStride; p < rows; p++, at += rowStride) copy[to++] = values[at];
  return { values: copy, rows, columns };
}
