/** Takes the share of a pixel, row-major, that something covers. */
export type PutCoverage = (pixel: number, share: number) => void;

/**
 * The exact share of each pixel that convex polygons cover: signed areas are noted where edges pass and summed along each row. Polygons
 * that share edges cover exactly 1 together, so pictures of a partition have no seams.
 */
export class Coverage {
  readonly #sums: Float64Array;
  readonly #first: Int32Array;
  readonly #last: Int32Array;

  constructor(
    readonly width: number,
    readonly height: number,
  ) {
    this.#sums = new Float64Array((width + 2) * height);
    this.#first = new Int32Array(height).fill(width + 2);
    this.#last = new Int32Array(height).fill(-1);
  }

  /** `corners` are (x, y) in pixels, y downwards, in either sense; only the first `count` count. What lies outside is cut. */
  polygon(corners: ArrayLike<number>, count: number, put: PutCoverage): void {
    let [top, bottom] = [Infinity, -Infinity];
    for (let i = 0; i < count; i++) {
      const next = i + 1 === count ? 0 : i + 1;
      this.#edge(corners[2 * i]!, corners[2 * i + 1]!, corners[2 * next]!, corners[2 * next + 1]!);
      if (corners[2 * i + 1]! < top) top = corners[2 * i + 1]!;
      if (corners[2 * i + 1]! > bottom) bottom = corners[2 * i + 1]!;
    }
    const until = Math.min(this.height, Math.ceil(bottom));
    for (let row = Math.max(0, Math.floor(top)); row < until; row++) this.#sweep(row, put);
  }

  #sweep(row: number, put: PutCoverage): void {
    const base = row * (this.width + 2);
    const last = Math.min(this.#last[row]!, this.width - 1);
    let sum = 0;
    for (let x = this.#first[row]!; x <= last; x++) {
      sum += this.#sums[base + x]!;
      put(row * this.width + x, Math.abs(sum));
    }
    this.#sums.fill(0, base + this.#first[row]!, base + this.#last[row]! + 1);
    this.#first[row] = this.width + 2;
    this.#last[row] = -1;
  }

  /** Downward edges count positive; in a row an edge at x leaves the share of the row's height that it spans to the right of it. */
  #edge(xa: number, ya: number, xb: number, yb: number): void {
    if (ya === yb) return;
    const sense = ya < yb ? 1 : -1;
    const [x0, y0, x1, y1] = sense > 0 ? [xa, ya, xb, yb] : [xb, yb, xa, ya];
    const slope = (x1 - x0) / (y1 - y0);
    const [low, high] = [Math.max(0, y0), Math.min(this.height, y1)];
    for (let row = Math.floor(low); row < high; row++) {
      const [from, to] = [Math.max(row, low), Math.min(row + 1, high)];
      this.#note(row, this.#inside(x0 + (from - y0) * slope), this.#inside(to === y1 ? x1 : x0 + (to - y0) * slope), sense * (to - from));
    }
  }

  #inside(x: number): number {
    return Math.max(0, Math.min(x, this.width));
  }

  /** The part of an edge within one row, from x = a to x = b: `amount` of the row's height, spread evenly over that width. */
  #note(row: number, a: number, b: number, amount: number): void {
    const [left, right] = a < b ? [a, b] : [b, a];
    const [first, end] = [Math.floor(left), Math.max(Math.floor(left) + 1, Math.ceil(right))];
    const base = row * (this.width + 2);
    if (first < this.#first[row]!) this.#first[row] = first;
    if (end > this.#last[row]!) this.#last[row] = end;
    let before = 0;
    for (let x = first; x < end; x++) {
      const share = areaRightOf(left, right, x) * amount;
      this.#sums[base + x]! += share - before;
      before = share;
    }
    this.#sums[base + end]! += amount - before;
  }
}

/** The mean over x' evenly in [left, right] of the part of the pixel [x, x + 1] that lies to the right of x'. */
function areaRightOf(left: number, right: number, x: number): number {
  if (right <= x + 1 && left >= x) return x + 1 - (left + right) / 2;
  const span = right - left;
  const [from, to] = [Math.max(left, x), Math.min(right, x + 1)];
  return (from - left) / span + ((to - from) / span) * (x + 1 - (from + to) / 2);
}
