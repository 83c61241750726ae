import { MasoError } from "./maso-error";
import type { AffineTable, Quantizer, QuantizerBody, Window } from "./operator";
import { checkCount, sizeOf } from "./shape";

/** What a quantizer's data says of its units, in the form in which the loops want it. Derived once per quantizer. */
export interface Units {
  readonly count: number;
  /** R. */
  readonly pieces: number;
  /** How many values a unit reads. */
  readonly arity: number;
  /** The number of values of all inputs together. */
  readonly inputSize: number;
  /** Unit k reads the values reads[k·arity + i] of all inputs laid end to end, -1 where none exists; null: it reads value k. */
  readonly reads: Int32Array | null;
  readonly anyMissing: boolean;
  /** null: "values". */
  readonly table: AffineTable | null;
  /** null: ±values, by selectorSign. */
  readonly selectors: AffineTable | null;
  readonly selectorSign: 1 | -1;
}

const derived = new WeakMap<object, Units>();

export function unitsOf(quantizer: Quantizer | QuantizerBody): Units {
  let units = derived.get(quantizer);
  if (!units) {
    units = deriveUnits(quantizer);
    derived.set(quantizer, units);
  }
  return units;
}

/** Shares the derived data with another quantizer that differs in β alone. */
export function shareUnits<Q extends Quantizer>(from: Quantizer, to: Q): Q {
  derived.set(to, unitsOf(from));
  return to;
}

function deriveUnits(quantizer: Quantizer | QuantizerBody): Units {
  const { inputs, output, pieces, selectors } = quantizer;
  const reads = readTable(quantizer);
  const count = sizeOf(output);
  const arity = reads === null ? 1 : reads.length / count;
  const selectorSign = selectors === "-pieces" ? -1 : 1;
  return {
    count,
    arity,
    pieces: pieces === "values" ? arity : pieces.pieces,
    inputSize: inputs.reduce((total, shape) => total + sizeOf(shape), 0),
    reads,
    anyMissing: reads?.includes(-1) ?? false,
    table: pieces === "values" ? null : pieces,
    selectors: selectorTable(pieces, selectors),
    selectorSign,
  };
}

function selectorTable(pieces: Quantizer["pieces"], selectors: Quantizer["selectors"]): AffineTable | null {
  if (typeof selectors === "object") return selectors;
  if (pieces === "values" || selectors === "pieces") return pieces === "values" ? null : pieces;
  return { ...pieces, slopes: pieces.slopes.map((slope) => -slope), offsets: pieces.offsets.map((offset) => -offset) };
}

function readTable({ reads, inputs, output }: Quantizer | QuantizerBody): Int32Array | null {
  const count = sizeOf(output);
  checkCount("quantizer: the table of what its units read", count * (reads.type === "window" ? sizeOf(reads.size) : inputs.length));
  if (reads.type === "indices") return reads.table;
  if (reads.type === "window") return windowTable(reads, inputs[0]!, output);
  if (inputs.length === 1) return null;
  const table = new Int32Array(count * inputs.length);
  for (let k = 0, at = 0; k < count; k++) for (let i = 0; i < inputs.length; i++) table[at++] = i * count + k;
  return table;
}

function windowTable(window: Window, input: readonly number[], output: readonly number[]): Int32Array {
  const axes = window.size.length;
  const channels = input[axes]!;
  const arity = sizeOf(window.size);
  const table = new Int32Array(sizeOf(output) * arity);
  const corner = new Array<number>(axes).fill(0);
  let at = 0;
  for (let place = 0; place < sizeOf(output) / channels; place++) {
    unravel(place, output, corner);
    const positions = windowPositions(window, input, corner);
    if (positions.every((position) => position < 0))
      throw new MasoError(
        "shape",
        `window: the window of output position [${corner.join(", ")}] lies outside the input [${input.join(", ")}]`,
      );
    for (let c = 0; c < channels; c++) for (const position of positions) table[at++] = position < 0 ? -1 : position * channels + c;
  }
  return table;
}

/** The positions (without channel) that the window at an output position covers, -1 outside the image. */
function windowPositions({ size, strides, dilations, padding }: Window, input: readonly number[], corner: readonly number[]): number[] {
  const offset = new Array<number>(size.length).fill(0);
  return Array.from({ length: sizeOf(size) }, (_, i) => {
    unravel(i, size, offset);
    let position = 0;
    for (let axis = 0; axis < size.length; axis++) {
      const y = corner[axis]! * strides[axis]! - padding[axis]![0] + offset[axis]! * dilations[axis]!;
      if (y < 0 || y >= input[axis]!) return -1;
      position = position * input[axis]! + y;
    }
    return position;
  });
}

/** The coordinates of a row-major position within the leading axes. */
function unravel(position: number, extents: readonly number[], into: number[]): void {
  for (let axis = into.length - 1; axis >= 0; axis--) {
    into[axis] = position % extents[axis]!;
    position = Math.floor(position / extents[axis]!);
  }
}
