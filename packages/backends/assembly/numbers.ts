/* Lists in memory, and what bounds on errors are made of. */

export function int(list: usize, i: i32): i32 {
  return load<i32>(list + ((<usize>i) << 2));
}

export function setInt(list: usize, i: i32, value: i32): void {
  store<i32>(list + ((<usize>i) << 2), value);
}

export function real(list: usize, i: i32): f64 {
  return load<f64>(list + ((<usize>i) << 3));
}

export function setReal(list: usize, i: i32, value: f64): void {
  store<f64>(list + ((<usize>i) << 3), value);
}

/** 2^-53. */
export const ROUNDOFF: f64 = 1.1102230246251565e-16;

export function larger(a: f64, b: f64): f64 {
  return a > b ? a : b;
}
