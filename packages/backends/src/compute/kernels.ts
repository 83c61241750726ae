/** Functions of the wasm module, in assembly/. Arguments named like arrays are places in its memory, in bytes; counts are of values. */
export interface Kernels {
  addProduct(
    out: number,
    outBases: number,
    outColumns: number,
    a: number,
    aBases: number,
    runs: number,
    runCount: number,
    length: number,
    panels: number,
    rows: number,
    columns: number,
    blockRows: number,
    sums: number,
  ): void;
  packPanels(panels: number, depth: number, b: number, rows: number, columns: number, rowStride: number, columnStride: number): void;
  addRows(y: number, b: number, x: number, rows: number, columns: number): void;
  dotRows(y: number, a: number, x: number, rows: number, columns: number): void;
  depthwise(
    to: number,
    from: number,
    fromSize: number,
    count: number,
    kernel: number,
    yStarts: number,
    yTaps: number,
    height: number,
    xStarts: number,
    xTaps: number,
    width: number,
    channels: number,
  ): void;
  selectScalars(
    values: number,
    choice: number,
    v: number,
    length: number,
    slopes: number,
    offsets: number,
    steps: number,
    shifts: number,
    pieces: number,
    period: number,
  ): void;
  selectValues(
    values: number,
    choice: number,
    v: number,
    rows: number,
    inputSize: number,
    starts: number,
    reads: number,
    runs: number,
    arity: number,
    smallest: boolean,
  ): void;
}
