import { type AffineOperator, type Network, type Shape, type SparseVector, sizeOf, totalSize, unitsOf } from "@maso/core";
import { FunctionClasses } from "./function-classes";
import type { Slice } from "./slice";
import { unitClass } from "./unit-classes";

/** The class of every value of a network, as a function on a slice: values of one class are equal all over it. */
export interface ValueNumbers {
  readonly classes: FunctionClasses;
  /** By source; empty for those that were not asked for. */
  readonly sources: readonly Int32Array[];
  /** The classes of what a node reads, laid end to end. */
  joined(from: readonly number[]): Int32Array;
}

/** Affine operators with more entries than this are not read: each of their outputs has a class of its own. */
const MOST_ENTRIES = 2 ** 24;
/** Rows that are read at a time. */
const ROWS_AT_ONCE = 32;

/**
 * Numbers the values of the inputs and of some nodes, which stand in order. Without a slice each input has its own class: values are
 * equal at every point. Linear in the number of nonzero weights. Yields where it may pause.
 */
export function* valueNumbers({ inputs, nodes }: Network, wanted: readonly number[], slice: Slice | null): Generator<null, ValueNumbers> {
  const classes = new FunctionClasses();
  const none = new Int32Array(0);
  const sources: Int32Array[] = [...inputClasses(classes, inputs, slice), ...nodes.map(() => none)];
  const joined = (from: readonly number[]): Int32Array => (from.length === 1 ? sources[from[0]!]! : joinedOf(from.map((n) => sources[n]!)));
  for (const n of wanted) {
    const { op, from } = nodes[n]!;
    const reads = joined(from);
    if (op.type === "affine") sources[inputs.length + n] = yield* affineClasses(classes, op, reads);
    else {
      const units = unitsOf(op);
      const read = (place: number): number => reads[place]!;
      sources[inputs.length + n] = Int32Array.from({ length: units.count }, (_, k) => unitClass(classes, units, k, read));
    }
  }
  return { classes, sources, joined };
}

/** s and t are functions of their own, and input i is u_i·s + v_i·t + origin_i. */
function inputClasses(classes: FunctionClasses, inputs: readonly Shape[], slice: Slice | null): Int32Array[] {
  const axes = slice && [classes.opaque(true), classes.opaque(true)];
  let at = 0;
  return inputs.map((shape) =>
    Int32Array.from({ length: sizeOf(shape) }, () => {
      if (slice === null || axes === null) return classes.opaque(true);
      classes.begin();
      axes.forEach((axis, a) => classes.add(axis, slice.axes[a]![at]!));
      return classes.affine(slice.origin[at++]!);
    }),
  );
}

function* affineClasses(classes: FunctionClasses, op: AffineOperator, reads: Int32Array): Generator<null, Int32Array> {
  const size = sizeOf(op.output);
  if (entriesAbout(op, size) > MOST_ENTRIES) return Int32Array.from({ length: size }, () => classes.opaque(false));
  const found = new Int32Array(size);
  const areApart = classes.areApart(reads);
  for (let k = 0; k < size; k++) {
    if (k % ROWS_AT_ONCE === 0) yield null;
    const row = op.row(k);
    const bias = op.bias[k % op.bias.length]!;
    found[k] = areApart ? classes.sumOf(reads, row.indices, row.values, bias) : sumOf(classes, reads, row, bias);
  }
  return found;
}

function sumOf(classes: FunctionClasses, reads: Int32Array, { indices, values }: SparseVector, bias: number): number {
  classes.begin();
  for (let e = 0; e < indices.length; e++) classes.add(reads[indices[e]!]!, values[e]!);
  return classes.affine(bias);
}

/** The number of entries of an operator, from that of a row in the middle. */
function entriesAbout(op: AffineOperator, size: number): number {
  return size * Math.min(totalSize(op.inputs), op.row(size >> 1).indices.length);
}

function joinedOf(parts: readonly Int32Array[]): Int32Array {
  const joined = new Int32Array(parts.reduce((total, { length }) => total + length, 0));
  let at = 0;
  for (const part of parts) {
    joined.set(part, at);
    at += part.length;
  }
  return joined;
}
