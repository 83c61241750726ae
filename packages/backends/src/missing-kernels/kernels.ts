/** Functions of the float32 module, in assembly32/. Arguments named like arrays are places in its memory, and steps, in bytes. */
export interface Kernels {
  packRows(
    to: number,
    panelStep: number,
    rowStep: number,
    from: number,
    pixelStep: number,
    rows: number,
    pixels: number,
    channels: number,
    width: number,
    repeats: number,
  ): void;
  addProducts(
    sums: number,
    places: number,
    x: number,
    offsets: number,
    rows: number,
    dy: number,
    panels: number,
    images: number,
    imageStep: number,
    height: number,
    rowStep: number,
    width: number,
    pixelStep: number,
  ): void;
  addChannelProducts(
    sums: number,
    x: number,
    panelStep: number,
    offsets: number,
    taps: number,
    dy: number,
    panels: number,
    images: number,
    imageStep: number,
    height: number,
    rowStep: number,
    width: number,
    pixelStep: number,
  ): void;
  depthwiseAdjoint(
    dx: number,
    dy: number,
    kernel: number,
    yStarts: number,
    yTaps: number,
    height: number,
    xStarts: number,
    xTaps: number,
    width: number,
    channels: number,
    multiplier: number,
    sums: number,
  ): void;
}
