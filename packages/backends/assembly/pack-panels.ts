/**
 * Rows of a matrix, B[p, j] at value p·rowStride + j·columnStride of `b`, copied into panels of four columns, row after row; an
 * incomplete panel holds copies of its last column. Panels are `depth` rows apart.
 */
export function packPanels(panels: usize, depth: i32, b: usize, rows: i32, columns: i32, rowStride: i32, columnStride: i32): void {
  const step = (<usize>rowStride) << 3;
  for (let j = 0; j < columns; j += 4) {
    let b0 = place(b, j, columns, columnStride);
    let b1 = place(b, j + 1, columns, columnStride);
    let b2 = place(b, j + 2, columns, columnStride);
    let b3 = place(b, j + 3, columns, columnStride);
    const consecutive = columnStride === 1 && j + 4 <= columns;
    let to = panels;
    for (const end = to + ((<usize>rows) << 5); to < end; to += 32) {
      if (consecutive) {
        v128.store(to, v128.load(b0));
        v128.store(to, v128.load(b0, 16), 16);
      } else {
        v128.store(to, v128.load_lane<f64>(b1, v128.load_zero<f64>(b0), 1));
        v128.store(to, v128.load_lane<f64>(b3, v128.load_zero<f64>(b2), 1), 16);
        b1 += step;
        b2 += step;
        b3 += step;
      }
      b0 += step;
    }
    panels += (<usize>depth) << 5;
  }
}

function place(b: usize, j: i32, columns: i32, columnStride: i32): usize {
  return b + ((<usize>min(j, columns - 1) * <usize>columnStride) << 3);
}
