import { MasoError } from "./maso-error";
import type { AffineTable, QuantizerBody, Reads, Window } from "./operator";
import { checkShape, formatShape, type Shape, sameShape, sizeOf, totalSize } from "./shape";
import { type Units, unitsOf } from "./units";

/** A table given by its numbers: slopes [rows, pieces, arity], offsets [rows, pieces] (0 where absent). */
export interface TableNumbers {
  /** T, 1 where absent. */
  readonly rows?: number;
  readonly slopes: ArrayLike<number>;
  readonly offsets?: ArrayLike<number>;
}

export interface QuantizerData {
  readonly inputs: readonly Shape[];
  readonly output: Shape;
  readonly reads: Reads;
  readonly pieces: AffineTable | "values";
  /** "pieces" where absent: a max-affine spline operator. */
  readonly selectors?: AffineTable | "pieces" | "-pieces";
  /** 1 where absent: hard. */
  readonly beta?: number | Float64Array;
}

/** A checked quantizer. Throws "shape", "params" or "non-finite" where its data does not fit together. */
export function quantizer(data: QuantizerData): QuantizerBody {
  const body: QuantizerBody = { type: "quantizer", ...data, selectors: data.selectors ?? "pieces", beta: data.beta ?? 1 };
  for (const shape of [...body.inputs, body.output]) checkShape("quantizer", shape);
  checkReads(body);
  const units = unitsOf(body);
  checkTables(units);
  checkBeta(body.beta);
  checkEveryUnitHasAPiece(units);
  return body;
}

/** Units that read one value each: slopes [T, R], offsets [T, R], unit k using row k % T. */
export function elementwise(
  shape: Shape,
  data: TableNumbers & { readonly selectors?: TableNumbers | "pieces" | "-pieces"; readonly beta?: number },
): QuantizerBody {
  const selectors = typeof data.selectors === "object" ? affineTable(1, data.selectors) : data.selectors;
  return quantizer({
    inputs: [shape],
    output: shape,
    reads: { type: "elementwise" },
    pieces: affineTable(1, data),
    selectors,
    beta: data.beta,
  });
}

/** A checked table of affine functions of `arity` values. */
export function affineTable(arity: number, { rows = 1, slopes, offsets }: TableNumbers): AffineTable {
  const pieces = slopes.length / (rows * arity);
  if (!Number.isInteger(pieces) || pieces < 1 || (offsets && offsets.length !== rows * pieces))
    throw new MasoError(
      "shape",
      `table: ${slopes.length} slopes and ${offsets?.length ?? 0} offsets do not make ${rows} rows of pieces of ${arity} values`,
    );
  return {
    rows,
    pieces,
    arity,
    slopes: Float64Array.from(slopes),
    offsets: offsets ? Float64Array.from(offsets) : new Float64Array(rows * pieces),
  };
}

function checkReads({ reads, inputs, output }: QuantizerBody): void {
  if (reads.type === "elementwise") {
    const odd = inputs.find((shape) => !sameShape(shape, output));
    if (odd) throw new MasoError("shape", `elementwise: input ${formatShape(odd)} and output ${formatShape(output)} need the same shape`);
  } else if (reads.type === "window") {
    checkWindow(reads, inputs, output);
  } else {
    const total = totalSize(inputs);
    if (reads.table.length !== reads.arity * sizeOf(output) || !reads.table.every((index) => index >= -1 && index < total))
      throw new MasoError(
        "shape",
        `indices: table needs ${reads.arity} indices from -1 to ${total - 1} for each of ${sizeOf(output)} units`,
      );
  }
}

function checkWindow(window: Window, inputs: readonly Shape[], output: Shape): void {
  const input = inputs[0]!;
  const expected = inputs.length === 1 && input.length === window.size.length + 1 ? windowOutput(window, input) : [];
  if (!sameShape(output, expected))
    throw new MasoError(
      "shape",
      `window: size ${formatShape(window.size)} on input ${formatShape(input)} gives ${formatShape(expected)}, not ${formatShape(output)}`,
    );
}

/** The shape of what a window makes of a channels-last image. */
export function windowOutput({ size, strides, dilations, padding }: Window, input: Shape): Shape {
  const spatial = size.map((extent, axis) => {
    const [before, after] = padding[axis]!;
    return Math.floor((input[axis]! + before + after - (extent - 1) * dilations[axis]! - 1) / strides[axis]!) + 1;
  });
  return [...spatial, input[size.length]!];
}

function checkTables({ arity, pieces, table, selectors }: Units): void {
  for (const part of [table, selectors]) {
    if (!part) continue;
    if (part.arity !== arity || part.pieces !== pieces)
      throw new MasoError(
        "shape",
        `quantizer: a table of ${part.pieces} pieces of ${part.arity} values; the units need ${pieces} of ${arity}`,
      );
    if (!part.slopes.every(Number.isFinite) || !part.offsets.every(Number.isFinite))
      throw new MasoError("non-finite", "quantizer: slopes and offsets must be finite numbers");
  }
}

function checkBeta(beta: number | Float64Array): void {
  const values = typeof beta === "number" ? [beta] : beta;
  for (const value of values)
    if (!(value >= 0 && value <= 1)) throw new MasoError("params", `quantizer: beta is ${value}; it must be in [0, 1]`);
}

function checkEveryUnitHasAPiece(units: Units): void {
  if (!units.anyMissing) return;
  for (let k = 0; k < units.count; k++) {
    let r = 0;
    while (r < units.pieces && !pieceExists(units, k, r)) r++;
    if (r === units.pieces) throw new MasoError("shape", `quantizer: no piece of unit ${k} exists`);
  }
}

/** Piece r of unit k exists unless it, or its selector, depends on a value that does not exist. */
export function pieceExists({ reads, anyMissing, arity, table, selectors }: Units, k: number, r: number): boolean {
  if (!anyMissing) return true;
  const dependsOn = (part: AffineTable | null, i: number): boolean =>
    part ? part.slopes[((k % part.rows) * part.pieces + r) * arity + i] !== 0 : i === r;
  for (let i = 0; i < arity; i++) if (reads![k * arity + i]! < 0 && (dependsOn(table, i) || dependsOn(selectors, i))) return false;
  return true;
}
