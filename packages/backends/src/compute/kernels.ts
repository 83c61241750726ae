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
  bendRows(rows: number, width: number, count: number, slope: number, offset: number, bend: number, kink: number, squares: number): void;
  blendRows(
    rows: number,
    width: number,
    count: number,
    at: number,
    ends: number,
    parts: number,
    start: number,
    end: number,
    units: number,
    factors: number,
    uncertain: number,
    columns: number,
    sizes: number,
    errors: number,
  ): void;
  enterFaces(table: number, mostOff: number): void;
  cutFaces(from: number, whole: number): number;
  leaveFaces(whole: number, parts: number, parents: number, signs: number, counts: number): void;
  whyLeft(): number;
  lineCount(): number;
  signRows(rows: number, width: number, count: number, doubts: number, positive: number, negative: number): void;
  largestOfRows(rows: number, width: number, count: number, at: number, largest: number): void;
  liveColumns(matrix: number, rows: number, columns: number, flags: number, live: number): number;
  chooseColumns(to: number, matrix: number, rows: number, columns: number, chosen: number, count: number): void;
  choosePanelRows(to: number, panels: number, depth: number, count: number, chosen: number, chosenCount: number): void;
}
