import { int, real, setInt } from "./numbers";

/** Writes the columns of a matrix that are not 0 in all rows; gives how many there are. `flags` has room for a row. */
export function liveColumns(matrix: usize, rows: i32, columns: i32, flags: usize, live: usize): i32 {
  const bytes = (<usize>columns) << 3;
  const pairs = bytes & ~15;
  const zero = f64x2.splat(0);
  memory.fill(flags, 0, bytes);
  for (let i = 0; i < rows; i++) {
    for (let k: usize = 0; k < pairs; k += 16) v128.store(flags + k, v128.or(v128.load(flags + k), f64x2.ne(v128.load(matrix + k), zero)));
    if (pairs < bytes && load<f64>(matrix + pairs) !== 0) store<i64>(flags + pairs, 1);
    matrix += bytes;
  }
  let count = 0;
  for (let k = 0; k < columns; k++) {
    if (load<i64>(flags + ((<usize>k) << 3)) !== 0) setInt(live, count++, k);
  }
  return count;
}

/** Some columns of a matrix, side by side. */
export function chooseColumns(to: usize, matrix: usize, rows: i32, columns: i32, chosen: usize, count: i32): void {
  for (let i = 0; i < rows; i++) {
    for (let k = 0; k < count; k++) {
      store<f64>(to, real(matrix, int(chosen, k)));
      to += 8;
    }
    matrix += (<usize>columns) << 3;
  }
}

/** Some rows of a matrix in panels of four columns. */
export function choosePanelRows(to: usize, panels: usize, depth: i32, count: i32, chosen: usize, chosenCount: i32): void {
  for (let j = 0; j < count; j++) {
    for (let k = 0; k < chosenCount; k++) {
      const from = panels + ((<usize>int(chosen, k)) << 5);
      v128.store(to, v128.load(from));
      v128.store(to, v128.load(from, 16), 16);
      to += 32;
    }
    panels += (<usize>depth) << 5;
  }
}
