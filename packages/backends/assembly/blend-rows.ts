import { int, larger, ROUNDOFF, real, setReal } from "./numbers";

/**
 * Row at[i] becomes the row between ends[2 i] and ends[2 i + 1], at parts[i] of the way, and multiples of columns added to it: factors[e]
 * times the column at columns[units[e]], for e from start[i] to end[i] − 1. A column begins with how many values it has: `width`, one for every
 * place, or fewer, with their places behind them, and then has its largest |value|. Two full columns are added at a time, the first two with
 * the row itself. Sizes and errors of rows are bounded as in plain TypeScript.
 */
export function blendRows(
  rows: usize,
  width: i32,
  count: i32,
  at: usize,
  ends: usize,
  parts: usize,
  start: usize,
  end: usize,
  units: usize,
  factors: usize,
  uncertain: usize,
  columns: usize,
  sizes: usize,
  errors: usize,
): void {
  const bytes = (<usize>width) << 3;
  for (let i = 0; i < count; i++) {
    const to = int(at, i);
    const from = int(ends, 2 * i);
    const until = int(ends, 2 * i + 1);
    const row = rows + <usize>to * bytes;
    const a = rows + <usize>from * bytes;
    const b = rows + <usize>until * bytes;
    const part = real(parts, i);
    const first = int(start, i);
    const last = int(end, i);
    let size = larger(real(sizes, from), real(sizes, until));
    let error = larger(real(errors, from), real(errors, until)) + 24 * ROUNDOFF * size;
    let isBegun = false;
    let waiting: usize = 0;
    let factor: f64 = 0;
    for (let e = first; e < last; e++) {
      const column = <usize>int(columns, int(units, e));
      if (column === 0) continue;
      const f = real(factors, e);
      const added = abs(f);
      const most = load<f64>(column, 8);
      size += most * added;
      error += most * (real(uncertain, e) + <f64>(last - first + 4) * 2 * ROUNDOFF * added);
      if (f === 0) continue;
      const values = load<i32>(column);
      if (values < width) {
        if (!isBegun) lerp(row, a, b, part, bytes);
        isBegun = true;
        scatter(row, column + 16, values, f);
      } else if (waiting === 0) {
        waiting = column + 16;
        factor = f;
      } else {
        if (isBegun) addTwo(row, waiting, factor, column + 16, f, bytes);
        else lerpAddTwo(row, a, b, part, waiting, factor, column + 16, f, bytes);
        isBegun = true;
        waiting = 0;
      }
    }
    if (!isBegun) lerp(row, a, b, part, bytes);
    if (waiting !== 0) addOne(row, waiting, factor, bytes);
    setReal(sizes, to, size);
    setReal(errors, to, error + 2 * <f64>(last - first) * ROUNDOFF * size);
  }
}

function between(a: v128, b: v128, part: v128): v128 {
  return f64x2.add(a, f64x2.mul(part, f64x2.sub(b, a)));
}

function lerp(row: usize, a: usize, b: usize, part: f64, bytes: usize): void {
  const parts = f64x2.splat(part);
  const pairs = bytes & ~15;
  for (let k: usize = 0; k < pairs; k += 16) v128.store(row + k, between(v128.load(a + k), v128.load(b + k), parts));
  if (pairs < bytes) {
    const from = load<f64>(a + pairs);
    store<f64>(row + pairs, from + part * (load<f64>(b + pairs) - from));
  }
}

function lerpAddTwo(row: usize, a: usize, b: usize, part: f64, first: usize, f: f64, second: usize, g: f64, bytes: usize): void {
  const parts = f64x2.splat(part);
  const fs = f64x2.splat(f);
  const gs = f64x2.splat(g);
  const pairs = bytes & ~15;
  for (let k: usize = 0; k < pairs; k += 16) {
    const added = f64x2.add(f64x2.mul(fs, v128.load(first + k)), f64x2.mul(gs, v128.load(second + k)));
    v128.store(row + k, f64x2.add(between(v128.load(a + k), v128.load(b + k), parts), added));
  }
  if (pairs < bytes) {
    const from = load<f64>(a + pairs);
    const added = f * load<f64>(first + pairs) + g * load<f64>(second + pairs);
    store<f64>(row + pairs, from + part * (load<f64>(b + pairs) - from) + added);
  }
}

function addTwo(row: usize, first: usize, f: f64, second: usize, g: f64, bytes: usize): void {
  const fs = f64x2.splat(f);
  const gs = f64x2.splat(g);
  const pairs = bytes & ~15;
  for (let k: usize = 0; k < pairs; k += 16) {
    const added = f64x2.add(f64x2.mul(fs, v128.load(first + k)), f64x2.mul(gs, v128.load(second + k)));
    v128.store(row + k, f64x2.add(v128.load(row + k), added));
  }
  if (pairs < bytes) store<f64>(row + pairs, load<f64>(row + pairs) + (f * load<f64>(first + pairs) + g * load<f64>(second + pairs)));
}

function addOne(row: usize, column: usize, f: f64, bytes: usize): void {
  const fs = f64x2.splat(f);
  const pairs = bytes & ~15;
  for (let k: usize = 0; k < pairs; k += 16) v128.store(row + k, f64x2.add(v128.load(row + k), f64x2.mul(fs, v128.load(column + k))));
  if (pairs < bytes) store<f64>(row + pairs, load<f64>(row + pairs) + f * load<f64>(column + pairs));
}

function scatter(row: usize, column: usize, values: i32, f: f64): void {
  const places = column + ((<usize>values) << 3);
  for (let e: usize = 0; e < <usize>values; e++) {
    const at = row + ((<usize>load<i32>(places + (e << 2))) << 3);
    store<f64>(at, load<f64>(at) + f * load<f64>(column + (e << 3)));
  }
}
