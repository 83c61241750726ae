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
 * The columns of a matrix in panels of four, the last one to three alone: column j begins at start + j·step.
 * Packed, a panel of four holds its rows one after the other, and a single column is contiguous.
 */
export interface Panels extends Strided {
  readonly step: number;
  readonly packed: boolean;
}

/** The number of rows of a product from which on packing B gains more than it costs. */
export const WORTH_PACKING = 6;

/** The panels of B for a product with this many rows. */
export function panels(b: Strided, productRows: number): Panels {
  return productRows < WORTH_PACKING ? { ...b, step: b.columnStride, packed: false } : packed(b);
}

function packed({ values, start, rows, columns, rowStride, columnStride }: Strided): Panels {
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
  return { values: copy, start: 0, rows, columns, rowStride: 1, columnStride: rows, step: rows, packed: true };
}
