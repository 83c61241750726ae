/** The brightness of one point (x, y) of [−1, 1]², y downwards, under layers of paint whose edges are as soft as `blur`. */
export class Painter {
  value = 0;
  /** |x|: what is drawn with it comes twice, left and right. */
  readonly side: number;

  constructor(
    readonly x: number,
    readonly y: number,
    private readonly blur: number,
  ) {
    this.side = Math.abs(x);
  }

  /** Covers what is there where `depth`, the distance inside the edge, is positive. */
  paint(colour: number, depth: number, opacity = 1): void {
    this.value += ((colour - this.value) * opacity) / (1 + Math.exp(-depth / this.blur));
  }

  /** Adds light (or shade) that fades away from a point on both sides. */
  glow(x: number, y: number, width: number, height: number, light: number): void {
    this.value += light * Math.exp(-(((this.side - x) / width) ** 2) - ((this.y - y) / height) ** 2);
  }

  /** How deep inside an ellipse, roughly; on both sides unless x is given. */
  inside(cx: number, cy: number, rx: number, ry: number, x = this.side): number {
    return (1 - Math.hypot((x - cx) / rx, (this.y - cy) / ry)) * Math.min(rx, ry);
  }
}
