import { MasoError } from "@maso/core";
import { type ExactForm, type ExactPoint, intersection, signAt } from "../exact";
import type { Level } from "./level";
import type { CuttingStage, LineMark, Lines } from "./lines";
import type { Mesh } from "./mesh";
import { isThirdTie } from "./third-tie";

/** What only exact arithmetic decides. */
export interface Settler {
  /** Says which face the questions are about from now on. */
  enter(face: number): void;
  /** The sign of a cut at a vertex. */
  sign(v: number, cut: number): -1 | 0 | 1;
  /** The part of the segment it was placed on at which a vertex is, within a rounding. */
  part(v: number): number;
  /** Whether a cut is proven to be 0 all over the face at hand: false says nothing. */
  isZero(cut: number): boolean;
  /** The line of a cut within the face at hand; new lines have numbers that follow each other. */
  line(cut: number): number;
  /** What to take back with, if it comes to nothing, what is decided and added from now on. */
  begin(): SettledSoFar;
  undo(before: SettledSoFar): void;
  /** The number of the line that is new next. */
  readonly nextLine: number;
  /** By line: how far vertices may be from it. */
  readonly lineOffs: Float64Array;
  /** The line of a cut within some face. */
  addLine(cut: number, face: number): number;
  /** The sign of a cut at a vertex in which two lines meet, of which the mesh may not know yet. */
  signAt(v: number, lineA: number, lineB: number, cut: number): -1 | 0 | 1;
  /** How far a vertex, as it is placed, may be from a line that goes through it; and that it may be farther. */
  offOf(line: number): number;
  raiseOff(line: number, off: number): void;
}

export interface SettledSoFar {
  readonly decisions: number;
  readonly mark: LineMark;
}

/** Exact decisions for one mesh that one stage cuts. */
export class ExactSettler implements Settler {
  decisions = 0;
  private readonly points = new Map<number, ExactPoint>();
  /** By cut: its line within the face that it was asked for in last. */
  private readonly made: Int32Array;
  private readonly madeIn: Int32Array;
  private readonly forms = new Map<number, ExactForm>();
  private face = -1;
  private readonly origin: number;

  constructor(
    private readonly stage: CuttingStage,
    private readonly mesh: Mesh,
    private readonly lines: Lines,
    private readonly level: Level | null,
    private readonly levelFace: Int32Array,
  ) {
    this.origin = lines.originOf(stage, level);
    this.made = new Int32Array(stage.cuts!.count);
    this.madeIn = new Int32Array(stage.cuts!.count).fill(-1);
  }

  enter(face: number): void {
    if (this.forms.size > 0) this.forms.clear();
    this.face = face;
  }

  sign(v: number, cut: number): -1 | 0 | 1 {
    const { lines } = this.mesh;
    return this.signAt(v, lines[2 * v]!, lines[2 * v + 1]!, cut);
  }

  signAt(v: number, lineA: number, lineB: number, cut: number): -1 | 0 | 1 {
    if (this.isOwn(lineA) && this.isOwn(lineB) && isThirdTie(this.stage.cuts!, cut, this.lines.cutOf(lineA), this.lines.cutOf(lineB)))
      return 0;
    const name = this.stage.cuts!.names?.[cut] ?? -1;
    if (name >= 0 && (this.lines.nameOf(lineA) === name || this.lines.nameOf(lineB) === name)) return 0;
    this.decisions++;
    let form = this.forms.get(cut);
    if (form === undefined) {
      form = this.lines.formOf(this.origin, cut, this.levelFace[this.face]!);
      this.forms.set(cut, form);
    }
    return signAt(form, this.pointWhere(v, lineA, lineB));
  }

  isZero(cut: number): boolean {
    const { node, cuts } = this.stage;
    return this.lines.network.faceClasses.isZero(node, cuts!, cut, this.level, this.levelFace[this.face]!);
  }

  part(v: number): number {
    const { base } = this.mesh;
    return partBetween(this.pointOf(base[2 * v]!), this.pointOf(base[2 * v + 1]!), this.pointOf(v));
  }

  line(cut: number): number {
    if (this.madeIn[cut] !== this.face) {
      this.madeIn[cut] = this.face;
      this.made[cut] = this.addLine(cut, this.face);
    }
    return this.made[cut]!;
  }

  begin(): SettledSoFar {
    return { decisions: this.decisions, mark: this.lines.mark() };
  }

  undo({ decisions, mark }: SettledSoFar): void {
    this.decisions = decisions;
    this.lines.forget(mark);
    this.points.clear();
    this.madeIn.fill(-1);
  }

  get lineOffs(): Float64Array {
    return this.lines.offs;
  }

  get nextLine(): number {
    return this.lines.count;
  }

  addLine(cut: number, face: number): number {
    return this.lines.add(this.origin, cut, this.levelFace[face]!);
  }

  offOf(line: number): number {
    return this.lines.offOf(line);
  }

  raiseOff(line: number, off: number): void {
    this.lines.raiseOff(line, off);
  }

  /** Whether a line is that of a cut of this stage within the face at hand. */
  private isOwn(line: number): boolean {
    return this.lines.isOf(line, this.origin, this.levelFace[this.face]!);
  }

  private pointOf(v: number): ExactPoint {
    const { lines } = this.mesh;
    return this.pointWhere(v, lines[2 * v]!, lines[2 * v + 1]!);
  }

  private pointWhere(v: number, lineA: number, lineB: number): ExactPoint {
    const known = this.points.get(v);
    if (known) return known;
    const point = intersection(this.lines.form(lineA), this.lines.form(lineB));
    if (point === null)
      throw new MasoError("graph", `partition: two lines that meet in vertex ${v} are parallel; this is a fault of the partition itself`);
    this.points.set(v, point);
    return point;
  }
}

/** (m − a) / (b − a) of three exact points on a line, in the coordinate that changes more. */
function partBetween(a: ExactPoint, b: ExactPoint, m: ExactPoint): number {
  const difference = (p: ExactPoint, q: ExactPoint, axis: "x" | "y"): readonly [bigint, bigint] => [
    q[axis] * p.w - p[axis] * q.w,
    p.w * q.w,
  ];
  const [dx, dy] = [difference(a, b, "x"), difference(a, b, "y")];
  const size = (value: bigint): bigint => (value < 0n ? -value : value);
  const axis = size(dx[0]) * dy[1] >= size(dy[0]) * dx[1] ? "x" : "y";
  const [whole, wholeBelow] = axis === "x" ? dx : dy;
  if (whole === 0n) return 0;
  const [some, someBelow] = difference(a, m, axis);
  return ratio(some * wholeBelow, someBelow * whole);
}

/** The nearest float64 of p / q, up to a rounding. */
function ratio(p: bigint, q: bigint): number {
  const shift = BigInt(Math.max(0, q.toString(2).length - p.toString(2).length + 80));
  return Number((p << shift) / q) / 2 ** Number(shift);
}
