/** Functions of the wasm module in assembly/bulk, which works in TensorFlow.js's own memory. Arrays are addresses in bytes, 0 for none. */
export interface BulkModule {
  setUnits(
    reads: number,
    table: number,
    selectors: number,
    eta: number,
    count: number,
    pieces: number,
    arity: number,
    inputSize: number,
    anyMissing: boolean,
    tableRows: number,
    selectorRows: number,
    negative: boolean,
    etaLength: number,
    bits: number,
    words: number,
  ): void;
  values(out: number, v: number, rows: number): void;
  code(out: number, v: number, rows: number): void;
  applyCode(out: number, v: number, code: number, points: number, group: number, withOffsets: boolean): void;
  adjointCode(out: number, u: number, code: number, points: number, group: number): void;
  slopes(out: number, v: number, rows: number, derivative: boolean): void;
  applySlopes(out: number, v: number, slopes: number, points: number, group: number, withOffsets: boolean): void;
  adjointSlopes(out: number, u: number, slopes: number, points: number, group: number): void;
  scalarValues(out: number, v: number, rows: number): void;
  scalarCodeBits(out: number, v: number, rows: number): void;
  scalarCodeBytes(out: number, v: number, rows: number): void;
  scalarApplyBits(out: number, v: number, code: number, points: number, group: number, withOffsets: boolean): void;
  scalarApplyBytes(out: number, v: number, code: number, points: number, group: number, withOffsets: boolean): void;
  sharedBits(out: number, code: number, v: number, rows: number): void;
  sharedBytes(out: number, code: number, v: number, rows: number): void;
  sharedApplyBits(out: number, v: number, code: number, points: number, group: number, withOffsets: boolean): void;
  sharedApplyBytes(out: number, v: number, code: number, points: number, group: number, withOffsets: boolean): void;
  runValues(out: number, code: number, v: number, rows: number, starts: number, places: number, runs: number): void;
  sparse(
    out: number,
    x: number,
    rowStart: number,
    indices: number,
    entries: number,
    rows: number,
    count: number,
    size: number,
    channels: number,
  ): void;
}
