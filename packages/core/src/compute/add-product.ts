import type { Panels } from "./panels";

/** A matrix read where it lies: A[i, r·length + t] = values[bases[i] + runs[r] + t]. An image's columns are never written out. */
export interface Gathered {
  readonly values: Float64Array;
  readonly bases: Int32Array;
  readonly runs: Int32Array;
  readonly length: number;
}

/** Where a product is added: entry (i, j) to values[bases[i] + columns[j]]. Entries may fall on the same place. */
export interface Scattered {
  readonly values: Float64Array;
  readonly bases: Int32Array;
  readonly columns: Int32Array;
}

/** Rows that stay in the second-level cache while all panels pass by; blocks are counted from the first row. */
export const BLOCK_ROWS = 64;

/**
 * out += A·B. Every entry is one sum over p in order, from zero, whichever loop makes it; entries are added in the order
 * of (block of rows, panel, row, column). Two rows by four columns are eight sums, which the registers hold.
 */
export function addProduct(out: Scattered, a: Gathered, b: Panels): void {
  const inFours = b.columns - (b.columns % 4);
  for (let from = 0; from < a.bases.length; from += BLOCK_ROWS) {
    const to = Math.min(from + BLOCK_ROWS, a.bases.length);
    const inPairs = to - ((to - from) % 2);
    for (let j = 0; j < inFours; j += 4) {
      addPairs(out, a, b, j, from, inPairs);
      if (inPairs < to) addRow(out, a, b, j, inPairs);
    }
    for (let j = inFours; j < b.columns; j++) addColumn(out, a, b, j, from, to);
  }
}

/** Rows [from, to), an even number, of columns j to j + 3. */
function addPairs(out: Scattered, a: Gathered, b: Panels, j: number, from: number, to: number): void {
  const { values, bases, runs, length } = a;
  const panel = b.values;
  const start = j * b.rows;
  const [c0, c1, c2, c3] = [out.columns[j], out.columns[j + 1], out.columns[j + 2], out.columns[j + 3]];
  for (let i = from; i < to; i += 2) {
    const row = bases[i];
    const next = bases[i + 1];
    let s0 = 0;
    let s1 = 0;
    let s2 = 0;
    let s3 = 0;
    let t0 = 0;
    let t1 = 0;
    let t2 = 0;
    let t3 = 0;
    let at = start;
    for (let r = 0; r < runs.length; r++) {
      const first = runs[r];
      for (let p = first, end = (first + length) | 0; p < end; p = (p + 1) | 0) {
        const x = values[(row + p) | 0];
        const y = values[(next + p) | 0];
        let w = panel[at];
        s0 += x * w;
        t0 += y * w;
        w = panel[(at + 1) | 0];
        s1 += x * w;
        t1 += y * w;
        w = panel[(at + 2) | 0];
        s2 += x * w;
        t2 += y * w;
        w = panel[(at + 3) | 0];
        s3 += x * w;
        t3 += y * w;
        at = (at + 4) | 0;
      }
    }
    addFour(out.values, out.bases[i], c0, c1, c2, c3, s0, s1, s2, s3);
    addFour(out.values, out.bases[i + 1], c0, c1, c2, c3, t0, t1, t2, t3);
  }
}

/** Row i of columns j to j + 3. */
function addRow(out: Scattered, a: Gathered, b: Panels, j: number, i: number): void {
  const { values, runs, length } = a;
  const panel = b.values;
  const row = a.bases[i];
  let s0 = 0;
  let s1 = 0;
  let s2 = 0;
  let s3 = 0;
  let at = j * b.rows;
  for (let r = 0; r < runs.length; r++) {
    const first = runs[r];
    for (let p = first, end = (first + length) | 0; p < end; p = (p + 1) | 0) {
      const x = values[(row + p) | 0];
      s0 += x * panel[at];
      s1 += x * panel[(at + 1) | 0];
      s2 += x * panel[(at + 2) | 0];
      s3 += x * panel[(at + 3) | 0];
      at = (at + 4) | 0;
    }
  }
  addFour(out.values, out.bases[i], out.columns[j], out.columns[j + 1], out.columns[j + 2], out.columns[j + 3], s0, s1, s2, s3);
}

/** Rows [from, to) of column j alone: four sums at a time hide the latency of an addition. */
function addColumn(out: Scattered, a: Gathered, b: Panels, j: number, from: number, to: number): void {
  const { values, bases, runs, length } = a;
  const column = out.columns[j];
  const start = j * b.rows;
  const panel = b.values;
  for (let i = from; i < to; i += 4) {
    // Past the end the last row is computed again and not added.
    const row0 = bases[i];
    const row1 = bases[Math.min(i + 1, to - 1)];
    const row2 = bases[Math.min(i + 2, to - 1)];
    const row3 = bases[Math.min(i + 3, to - 1)];
    let s0 = 0;
    let s1 = 0;
    let s2 = 0;
    let s3 = 0;
    let at = start;
    for (let r = 0; r < runs.length; r++) {
      const first = runs[r];
      for (let p = first, end = (first + length) | 0; p < end; p = (p + 1) | 0) {
        const w = panel[at];
        at = (at + 1) | 0;
        s0 += values[(row0 + p) | 0] * w;
        s1 += values[(row1 + p) | 0] * w;
        s2 += values[(row2 + p) | 0] * w;
        s3 += values[(row3 + p) | 0] * w;
      }
    }
    out.values[out.bases[i] + column] += s0;
    if (i + 1 < to) out.values[out.bases[i + 1] + column] += s1;
    if (i + 2 < to) out.values[out.bases[i + 2] + column] += s2;
    if (i + 3 < to) out.values[out.bases[i + 3] + column] += s3;
  }
}

/** values[at + c] += s, for four places and sums. */
function addFour(
  values: Float64Array,
  at: number,
  c0: number,
  c1: number,
  c2: number,
  c3: number,
  s0: number,
  s1: number,
  s2: number,
  s3: number,
): void {
  values[(at + c0) | 0] += s0;
  values[(at + c1) | 0] += s1;
  values[(at + c2) | 0] += s2;
  values[(at + c3) | 0] += s3;
}
