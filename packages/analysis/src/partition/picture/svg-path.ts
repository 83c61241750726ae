import type { PictureFrame } from "./picture-frame";

/** The data of an SVG path in whole hundredths of a pixel, with relative steps: short, and of even precision everywhere. */
export class SvgPath {
  static readonly UNITS = 100;

  readonly #frame: PictureFrame;
  readonly #parts: string[] = [];
  #x = 0;
  #y = 0;

  constructor(frame: PictureFrame) {
    this.#frame = frame;
  }

  get isEmpty(): boolean {
    return this.#parts.length === 0;
  }

  get data(): string {
    return this.#parts.join("");
  }

  /** The corners points[at(i)] for i from `start` to `end` − 1; polygons smaller than the precision are left out. */
  polygon(points: Float64Array, start: number, end: number, at: (i: number) => number): void {
    const [x0, y0] = [this.#x, this.#y];
    let steps = "";
    let moves = 0;
    let first: readonly [number, number] = [0, 0];
    for (let i = start; i < end; i++) {
      const [x, y] = [this.#unitsX(points[2 * at(i)]!), this.#unitsY(points[2 * at(i) + 1]!)];
      const [stepX, stepY] = [x - this.#x, y - this.#y];
      if (i === start) first = [x, y];
      else if (stepX === 0 && stepY === 0) continue;
      else moves++;
      steps += `${i === start ? "m" : moves === 1 ? "l" : " "}${stepX} ${stepY}`;
      [this.#x, this.#y] = [x, y];
    }
    if (moves < 2) {
      [this.#x, this.#y] = [x0, y0];
      return;
    }
    this.#parts.push(`${steps}z`);
    [this.#x, this.#y] = first;
  }

  line(s0: number, t0: number, s1: number, t1: number): void {
    const [x0, y0, x1, y1] = [this.#unitsX(s0), this.#unitsY(t0), this.#unitsX(s1), this.#unitsY(t1)];
    if (x0 === x1 && y0 === y1) return;
    if (x0 !== this.#x || y0 !== this.#y || this.isEmpty) this.#parts.push(`m${x0 - this.#x} ${y0 - this.#y}`);
    this.#parts.push(`l${x1 - x0} ${y1 - y0}`);
    [this.#x, this.#y] = [x1, y1];
  }

  #unitsX(s: number): number {
    return Math.round(this.#frame.x(s) * SvgPath.UNITS);
  }

  #unitsY(t: number): number {
    return Math.round(this.#frame.y(t) * SvgPath.UNITS);
  }
}
