import { sumBlock } from "./sum-block";

/**
 * out[outBases[i] + outColumns[j]] += Σ_p A[i, p]·B[p, j] with A[i, r·length + t] = a[aBases[i] + runs[r] + t] and B in panels.
 * Every sum runs over p in order, from zero; sums are added in the order of (block of rows, panel, row, column), the columns of an
 * incomplete panel one after another: the order of the plain product, whose bits these are. `sums` has room for four columns of
 * blockRows, a multiple of four.
 */
export function addProduct(
  out: usize,
  outBases: usize,
  outColumns: usize,
  a: usize,
  aBases: usize,
  runs: usize,
  runCount: i32,
  length: i32,
  panels: usize,
  rows: i32,
  columns: i32,
  blockRows: i32,
  sums: usize,
): void {
  const panelBytes = (<usize>runCount * <usize>length) << 5;
  for (let from = 0; from < rows; from += blockRows) {
    const count = min(blockRows, rows - from);
    const blockBases = aBases + ((<usize>from) << 2);
    const places = outBases + ((<usize>from) << 2);
    let panel = panels;
    for (let j = 0; j < columns; j += 4) {
      for (let i = 0; i < count; i += 4)
        sumBlock(
          sums + ((<usize>i) << 5),
          rowAt(a, blockBases, i, count),
          rowAt(a, blockBases, i + 1, count),
          rowAt(a, blockBases, i + 2, count),
          rowAt(a, blockBases, i + 3, count),
          runs,
          runCount,
          length,
          panel,
        );
      const at = outColumns + ((<usize>j) << 2);
      if (j + 4 <= columns) addPanel(out, places, count, at, sums);
      else addColumns(out, places, count, at, columns - j, sums);
      panel += panelBytes;
    }
  }
}

/** Row i of A; past the end the last one, whose sums are then not added. */
function rowAt(a: usize, bases: usize, i: i32, count: i32): usize {
  return a + ((<usize>load<i32>(bases + ((<usize>min(i, count - 1)) << 2))) << 3);
}

function addPanel(out: usize, places: usize, count: i32, columns: usize, sums: usize): void {
  const c0 = (<usize>load<i32>(columns)) << 3;
  const c1 = (<usize>load<i32>(columns, 4)) << 3;
  const c2 = (<usize>load<i32>(columns, 8)) << 3;
  const c3 = (<usize>load<i32>(columns, 12)) << 3;
  const consecutive = c1 === c0 + 8 && c2 === c0 + 16 && c3 === c0 + 24;
  for (let i = 0; i < count; i++) {
    const at = out + ((<usize>load<i32>(places + ((<usize>i) << 2))) << 3);
    const sum = sums + ((<usize>i) << 5);
    if (consecutive) {
      v128.store(at + c0, f64x2.add(v128.load(at + c0), v128.load(sum)));
      v128.store(at + c0, f64x2.add(v128.load(at + c0, 16), v128.load(sum, 16)), 16);
    } else {
      store<f64>(at + c0, load<f64>(at + c0) + load<f64>(sum));
      store<f64>(at + c1, load<f64>(at + c1) + load<f64>(sum, 8));
      store<f64>(at + c2, load<f64>(at + c2) + load<f64>(sum, 16));
      store<f64>(at + c3, load<f64>(at + c3) + load<f64>(sum, 24));
    }
  }
}

function addColumns(out: usize, places: usize, count: i32, columns: usize, width: i32, sums: usize): void {
  for (let j = 0; j < width; j++) {
    const column = out + ((<usize>load<i32>(columns + ((<usize>j) << 2))) << 3);
    for (let i = 0; i < count; i++) {
      const at = column + ((<usize>load<i32>(places + ((<usize>i) << 2))) << 3);
      store<f64>(at, load<f64>(at) + load<f64>(sums + ((<usize>i) << 5) + ((<usize>j) << 3)));
    }
  }
}
