import { BLOCK_ROWS, type MatmulDims } from "@maso/core/compute";
import type { Engine } from "./engine";
import { halved } from "./workspace";

/** Values of B that are packed at a time, and copied in for that at a time; values of A and the product that stay in the cache. */
const PANEL_VALUES = 2 ** 21;
const STRIP_VALUES = 2 ** 15;
const BLOCK_VALUES = 2 ** 16;

/** A·B for A [m, k]: B is packed into panels, and blocks of rows of A pass by. Null where k is too large for four rows to fit. */
export function multiplyPanels(
  engine: Engine,
  a: Float64Array,
  b: Float64Array,
  dims: Omit<MatmulDims, "transposeA">,
): Float64Array | null {
  const { kernels, workspace } = engine;
  const { m, k, n } = dims;
  const width = Math.min(n, inFours(PANEL_VALUES / k));
  const height = Math.min(m, inFours(BLOCK_VALUES / (k + width)));
  const places = workspace.place({
    panels: k * inFours(width + 3),
    strip: Math.max(stripFor(k), width),
    rows: height * k,
    product: height * width,
    sums: 4 * BLOCK_ROWS,
    rowBases: halved(height),
    productBases: halved(height),
    columns: halved(width),
    runs: 1,
  });
  if (places === null) return null;
  workspace.put(multiples(height, k), places.rowBases);
  workspace.put(multiples(height, width), places.productBases);
  workspace.put(multiples(width, 1), places.columns);
  workspace.put(Int32Array.of(0), places.runs);

  const result = new Float64Array(m * n);
  for (let j = 0; j < n; j += width) {
    const columns = Math.min(width, n - j);
    packColumns(engine, places, b, dims, j, columns);
    for (let i = 0; i < m; i += height) {
      const rows = Math.min(height, m - i);
      const product = workspace.at(places.product, rows * width).fill(0);
      workspace.put(a.subarray(i * k, (i + rows) * k), places.rows);
      kernels.addProduct(
        places.product,
        places.productBases,
        places.columns,
        places.rows,
        places.rowBases,
        places.runs,
        1,
        k,
        places.panels,
        rows,
        columns,
        BLOCK_ROWS,
        places.sums,
      );
      if (width === n) result.set(product, i * n);
      else for (let row = 0; row < rows; row++) result.set(product.subarray(row * width, row * width + columns), (i + row) * n + j);
    }
  }
  return result;
}

/** Values of eight bytes that packing a matrix with so many rows takes beside the panels. */
export const stripFor = (k: number): number => Math.max(STRIP_VALUES, 4 * k);

/** Packs columns j to j + columns of B, a strip at a time. */
export function packColumns(
  { kernels, workspace }: Engine,
  { panels, strip }: { readonly panels: number; readonly strip: number },
  b: Float64Array,
  { k, n, transposeB }: Omit<MatmulDims, "m" | "transposeA">,
  j: number,
  columns: number,
): void {
  if (transposeB) {
    const step = inFours(STRIP_VALUES / k);
    for (let from = 0; from < columns; from += step) {
      const count = Math.min(step, columns - from);
      workspace.put(b.subarray((j + from) * k, (j + from + count) * k), strip);
      kernels.packPanels(panels + from * k * 8, k, strip, k, count, 1, k);
    }
    return;
  }
  const step = Math.max(1, Math.floor(STRIP_VALUES / columns));
  for (let p = 0; p < k; p += step) {
    const rows = Math.min(step, k - p);
    if (columns === n) workspace.put(b.subarray(p * n, (p + rows) * n), strip);
    else
      for (let row = 0; row < rows; row++) {
        const from = (p + row) * n + j;
        workspace.put(b.subarray(from, from + columns), strip + row * columns * 8);
      }
    kernels.packPanels(panels + p * 32, k, strip, rows, columns, columns, 1);
  }
}

/** The largest multiple of four up to a number, and four at least. */
export function inFours(most: number): number {
  return Math.max(4, Math.floor(most / 4) * 4);
}

/** 0, step, 2·step, ... */
export function multiples(count: number, step: number): Int32Array {
  const result = new Int32Array(count);
  for (let i = 0; i < count; i++) result[i] = i * step;
  return result;
}
