import { ROUNDOFF } from "@maso/core";
import { type ExactPoint, type ExactRun, toFloat } from "../exact";
import { CutReader } from "./cut-reader";
import type { Cuts } from "./cuts";
import type { GivenInputs } from "./given-inputs";
import type { LineChunk, LinePoint } from "./line-chunk";
import { compareAlong, type LineExact, partBetween } from "./line-exact";
import { type CutsOnInterval, type UnitWalk, walkUnit } from "./walk-unit";

/** The points of a chunk and those between them at which a unit of a stage changes its piece. */
export interface CutLine {
  readonly points: readonly LinePoint[];
  /** By point: the point of the chunk at or before it, how far it is on towards the next one, and a bound on what that is off. */
  readonly left: readonly number[];
  readonly part: readonly number[];
  readonly doubt: readonly number[];
}

/** Where a cut is zero inside an interval; `changes` as those of a point. */
interface Root {
  readonly cut: number;
  part: number;
  doubt: number;
  exact: ExactPoint | null;
  readonly changes: number[];
}

/** A point that may be further off than this is placed exactly: of the segment, and of the interval it lies in. */
const MOST_OFF = 2 ** -27;
const MOST_OFF_INSIDE = 2 ** -8;
const INTERVALS_AT_ONCE = 8;
const UNKNOWN = 2;

/** Cuts the intervals of a chunk at one stage, from left to right; a sign in doubt is settled exactly. */
export class LineCutter implements CutsOnInterval {
  private signs: readonly [Int8Array, Int8Array];
  private readonly cuts: Cuts;
  private at = 0;
  private readonly reader: CutReader;
  private roots = new Map<number, Root>();
  private unit = 0;
  private readonly runs = new Map<number, ExactRun>();

  constructor(
    private readonly stage: { readonly index: number; readonly node: number; readonly cuts: Cuts },
    private readonly chunk: LineChunk,
    /** The stage's inputs at the points; what is found out exactly is written back. */
    private readonly inputs: GivenInputs,
    private readonly exact: LineExact,
    /** The piece of each unit of the stage before the chunk's first point; moved on to its last one. */
    private readonly pieces: Uint32Array,
  ) {
    this.cuts = stage.cuts;
    this.reader = new CutReader(stage.cuts, inputs);
    this.signs = [new Int8Array(this.cuts.count).fill(UNKNOWN), new Int8Array(this.cuts.count).fill(UNKNOWN)];
  }

  *run(): Generator<null, CutLine> {
    const { points } = this.chunk;
    const result = { points: [points[0]!], left: [0], part: [0], doubt: [0] };
    for (this.at = 0; this.at + 1 < points.length; this.at++) {
      if (this.at % INTERVALS_AT_ONCE === 0) yield null;
      for (const root of this.cutInterval()) {
        result.points.push(this.pointOf(root, result.points.at(-1)!));
        result.left.push(this.at);
        result.part.push(root.part);
        result.doubt.push(root.doubt);
      }
      result.points.push(points[this.at + 1]!);
      result.left.push(this.at + 1);
      result.part.push(0);
      result.doubt.push(0);
      this.signs = [this.signs[1], this.signs[0].fill(UNKNOWN)];
      this.runs.delete(this.at);
    }
    return result;
  }

  /** The roots in order, each point once. */
  private cutInterval(): readonly Root[] {
    const { rules } = this.cuts;
    const { changes } = this.chunk.points[this.at]!;
    const walk: UnitWalk = { first: 0, last: 0 };
    this.roots = new Map();
    for (this.unit = 0; this.unit < rules.length; this.unit++) {
      walkUnit(rules[this.unit]!, this, walk);
      if (walk.first !== this.pieces[this.unit]) changes.push(this.stage.index, this.unit, walk.first);
      this.pieces[this.unit] = walk.last;
    }
    const sorted = [...this.roots.values()].filter((root) => root.changes.length > 0).sort((a, b) => this.compare(a, b));
    const distinct: Root[] = [];
    for (const root of sorted) {
      const last = distinct.at(-1);
      if (last && this.compare(last, root) === 0) last.changes.push(...root.changes);
      else distinct.push(root);
    }
    return distinct;
  }

  sign(end: 0 | 1, cut: number): -1 | 0 | 1 {
    const signs = this.signs[end];
    if (signs[cut] === UNKNOWN) signs[cut] = this.signAt(this.at + end, cut);
    return signs[cut] as -1 | 0 | 1;
  }

  order(cut: number, other: number): number {
    return this.compare(this.rootOf(cut), this.rootOf(other));
  }

  cross(cut: number, piece: number): void {
    this.rootOf(cut).changes.push(this.stage.index, this.unit, piece);
  }

  private signAt(point: number, cut: number): -1 | 0 | 1 {
    this.reader.read(point, cut);
    const { value, bound } = this.reader;
    if (value > bound) return 1;
    if (value < -bound) return -1;
    if (value === 0 && bound === 0) return 0;
    this.exact.decisions++;
    const { node, cuts } = this.stage;
    let run = this.runs.get(point);
    if (!run) {
      run = this.exact.run(this.chunk, point);
      this.runs.set(point, run);
    }
    const sign = run.sign(node, cuts.units[cut]!, cuts.pieces[cut]!, cuts.others[cut]!);
    if (sign !== 0) this.improve(point, run);
    return sign;
  }

  /** Replaces computed inputs by the nearest floats of the true ones. */
  private improve(point: number, run: ExactRun): void {
    const row = run.inputs(this.stage.node);
    const { size, rows, errors } = this.inputs;
    rows.set(row, point * size);
    errors[point] = ROUNDOFF * row.reduce((most, value) => Math.max(most, Math.abs(value)), 0);
  }

  private rootOf(cut: number): Root {
    let root = this.roots.get(cut);
    if (!root) {
      root = this.findRoot(cut);
      this.roots.set(cut, root);
    }
    return root;
  }

  private findRoot(cut: number): Root {
    const { reader } = this;
    reader.read(this.at, cut);
    const [a, boundA] = [reader.value, reader.bound];
    reader.read(this.at + 1, cut);
    const [b, boundB] = [reader.value, reader.bound];
    const apart = Math.abs(a - b);
    const certain = apart - boundA - boundB;
    const part = Math.min(1, Math.max(0, a / (a - b))) || 0;
    const doubt = (part * boundB + (1 - part) * boundA) / certain + 8 * ROUNDOFF;
    const root: Root = { cut, part, doubt: certain > 0 ? doubt : Infinity, exact: null, changes: [] };
    const length = this.chunk.points[this.at + 1]!.t - this.chunk.points[this.at]!.t;
    if (!(root.doubt * length <= MOST_OFF && root.doubt <= MOST_OFF_INSIDE)) this.settle(root);
    return root;
  }

  private settle(root: Root): ExactPoint {
    if (root.exact === null) {
      this.exact.decisions++;
      root.exact = this.exact.root(this.chunk, this.at, this.stage.index, root.cut);
      const part = partBetween(this.exact.point(this.chunk, this.at), this.exact.point(this.chunk, this.at + 1), root.exact);
      root.part = Math.min(1, Math.max(0, part));
      root.doubt = ROUNDOFF;
    }
    return root.exact;
  }

  private compare(a: Root, b: Root): number {
    if (a === b) return 0;
    const difference = a.part - b.part;
    if (Math.abs(difference) > a.doubt + b.doubt) return difference;
    return compareAlong(this.settle(a), this.settle(b));
  }

  private pointOf({ cut, part, exact, changes }: Root, before: LinePoint): LinePoint {
    const [left, right] = [this.chunk.points[this.at]!.t, this.chunk.points[this.at + 1]!.t];
    const t = exact === null ? left + part * (right - left) : toFloat(exact)[0];
    return { t: Math.min(right, Math.max(before.t, t)), stage: this.stage.index, cut, changes, exact };
  }
}
