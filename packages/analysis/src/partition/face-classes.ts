import { type AffineOperator, type Network, type SparseVector, unitsOf } from "@maso/core";
import type { Cuts } from "./cuts";
import type { Level } from "./level";
import { pieceAt } from "./level-codes";
import { pieceClass, selectorClass } from "./unit-classes";
import type { ValueNumbers } from "./value-numbers";

/** Terms that are read for one face at most: what takes more is left to exact arithmetic. */
const MOST_TERMS = 2 ** 17;
/** Entries of rows that are kept, 12 bytes each; others are made anew at each use. */
const MOST_ENTRIES = 2 ** 20;

/** Why a value has no class: too much was read on the face. */
const UNKNOWN = -1;

/**
 * The classes of values on a face, where every quantizer before is frozen and each value is one affine function. They are compared with
 * each other, on one face; classes that were made for another are used again.
 */
export class FaceClasses {
  /** By source: where its values begin among all. */
  private readonly starts: readonly number[];
  private readonly known: Int32Array;
  private readonly marks: Int32Array;
  private mark = 0;
  private spent = 0;
  private level: Level | null = null;
  private face = -1;
  /** By node: the level after it, and the face in it. */
  private readonly places = new Map<number, readonly [Level, number]>();
  private readonly rows = new Map<AffineOperator, SparseVector[]>();
  private entries = 0;

  constructor(
    private readonly network: Network,
    private readonly numbers: ValueNumbers,
    /** By stage. */
    private readonly stages: readonly { readonly node: number; readonly cuts: Cuts | null }[],
  ) {
    numbers.classes.keep();
    const starts = [0];
    for (const { length } of numbers.sources) starts.push(starts.at(-1)! + length);
    this.starts = starts;
    this.known = new Int32Array(starts.at(-1)!);
    this.marks = new Int32Array(starts.at(-1)!);
  }

  /** Whether a cut of a node is proven to be 0 all over a face of a level before it. Cheap; false says nothing. */
  isZero(node: number, { units, pieces, others }: Cuts, cut: number, level: Level | null, face: number): boolean {
    if (level === null) return false;
    if (level !== this.level || face !== this.face) this.enter(level, face);
    const { op, from } = this.network.nodes[node]!;
    if (op.type !== "quantizer") return false;
    const table = unitsOf(op);
    let isKnown = true;
    const read = (place: number): number => {
      const c = this.read(from, place);
      isKnown &&= c !== UNKNOWN;
      return Math.max(c, 0);
    };
    const [a, b] = [pieces[cut]!, others[cut]!].map((r) => selectorClass(this.numbers.classes, table, units[cut]!, r, read));
    return isKnown && a === b;
  }

  private enter(level: Level, face: number): void {
    this.numbers.classes.makePlace();
    [this.level, this.face] = [level, face];
    this.mark++;
    this.spent = 0;
    this.places.clear();
    for (let [at, f]: [Level | null, number] = [level, face]; at !== null; [at, f] = [at.parent, at.parentFace[f]!])
      this.places.set(this.stages[at.stage]!.node, [at, f]);
  }

  /** The class of the place-th of all values that a node reads. */
  private read(from: readonly number[], place: number): number {
    let i = 0;
    for (let size = this.numbers.sources[from[0]!]!.length; place >= size; size = this.numbers.sources[from[i]!]!.length) {
      place -= size;
      i++;
    }
    return this.value(from[i]!, place);
  }

  private value(source: number, index: number): number {
    const onSlice = this.numbers.sources[source]![index]!;
    if (this.numbers.classes.isAffine(onSlice)) return onSlice;
    const at = this.starts[source]! + index;
    if (this.marks[at] === this.mark) return this.known[at]!;
    const node = source - this.network.inputs.length;
    const made = this.spent > MOST_TERMS || node < 0 ? UNKNOWN : this.make(node, index);
    this.marks[at] = this.mark;
    this.known[at] = made;
    return made;
  }

  private make(node: number, index: number): number {
    const { op, from } = this.network.nodes[node]!;
    const { classes } = this.numbers;
    if (op.type === "affine") return this.affine(op, from, index);
    const place = this.places.get(node);
    if (place === undefined) return UNKNOWN;
    const [level, face] = place;
    const { cuts } = this.stages[level.stage]!;
    let isKnown = true;
    const made = pieceClass(classes, unitsOf(op), index, pieceAt(level, face, cuts!, index), (read) => {
      const c = this.read(from, read);
      this.spent++;
      isKnown &&= c !== UNKNOWN;
      return Math.max(c, 0);
    });
    return isKnown ? made : UNKNOWN;
  }

  private affine(op: AffineOperator, from: readonly number[], k: number): number {
    const { classes } = this.numbers;
    const { indices, values } = this.row(op, k);
    this.spent += indices.length;
    const reads = new Int32Array(indices.length);
    for (let e = 0; e < indices.length; e++) {
      reads[e] = this.read(from, indices[e]!);
      if (reads[e] === UNKNOWN) return UNKNOWN;
    }
    classes.begin();
    for (let e = 0; e < indices.length; e++) classes.add(reads[e]!, values[e]!);
    return classes.affine(op.bias[k % op.bias.length]!);
  }

  private row(op: AffineOperator, k: number): SparseVector {
    const rows = this.rows.get(op) ?? [];
    this.rows.set(op, rows);
    const known = rows[k];
    if (known) return known;
    const made = op.row(k);
    this.entries += made.indices.length;
    if (this.entries <= MOST_ENTRIES) rows[k] = made;
    return made;
  }
}
