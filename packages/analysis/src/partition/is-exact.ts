/** Whether sum is a + b without rounding (Knuth's two-sum). */
export function isExactSum(a: number, b: number, sum: number): boolean {
  const part = sum - a;
  return a - (sum - part) + (b - part) === 0;
}

/** Whether product is a · b without rounding (Dekker's two-product); false of NaN and of numbers near the ends of the range. */
export function isExactProduct(a: number, b: number, product: number): boolean {
  const size = Math.abs(product);
  if (!(size > 2 ** -900 && size < 2 ** 900 && Math.abs(a) < 2 ** 900 && Math.abs(b) < 2 ** 900)) return false;
  const [x, y] = [upperHalf(a), upperHalf(b)];
  const [p, q] = [a - x, b - y];
  return x * y - product + x * q + p * y + p * q === 0;
}

/** The upper 26 bits of a number (Veltkamp's split). */
function upperHalf(a: number): number {
  const scaled = (2 ** 27 + 1) * a;
  return scaled - (scaled - a);
}
