import { MasoError } from "@maso/core";
import {
  type ExactForm,
  type ExactNetwork,
  type ExactPoint,
  type ExactRun,
  exactPoint,
  intersection,
  lineThrough,
  signAt,
  toFloat,
} from "../exact";
import type { Settler } from "./cut-mesh";
import type { Cuts } from "./cuts";
import { choicesAt, type Level } from "./level";
import type { Mesh } from "./mesh";
import type { Stages } from "./stages";

/** What cuts a mesh: a quantizer's node and its cuts. */
export interface CuttingStage {
  readonly node: number;
  readonly cuts: Cuts | null;
}

/** Lines that edges lie on: sides of the window, and cuts of a stage within one face of the level before it. */
export class Lines {
  private readonly stages: (CuttingStage | null)[] = [];
  private readonly cuts: number[] = [];
  private readonly levels: (Level | null)[] = [];
  private readonly faces: number[] = [];
  private readonly forms: (ExactForm | undefined)[] = [];
  private last: { readonly level: Level | null; readonly face: number; readonly choices: (Int32Array | undefined)[] } | null = null;

  constructor(
    readonly network: Stages,
    private readonly exact: ExactNetwork,
    private readonly window: Float64Array,
  ) {
    const sides = window.length / 2;
    for (let side = 0; side < sides; side++) this.add(null, side, null, -1);
  }

  get count(): number {
    return this.stages.length;
  }

  /** Forgets the lines from a number on. */
  truncate(count: number): void {
    for (const list of [this.stages, this.cuts, this.levels, this.faces, this.forms]) list.length = Math.min(list.length, count);
  }

  add(stage: CuttingStage | null, cut: number, level: Level | null, face: number): number {
    this.cuts.push(cut);
    this.levels.push(level);
    this.faces.push(face);
    return this.stages.push(stage) - 1;
  }

  /** Index of the stage that cut along the line; −1: a side of the window. */
  stageOf(line: number): number {
    const stage = this.stages[line]!;
    return stage === null ? -1 : this.network.list.findIndex(({ node }) => node === stage.node);
  }

  /** The cut of the line's stage, or which side of the window. */
  cutOf(line: number): number {
    return this.cuts[line]!;
  }

  form(line: number): ExactForm {
    this.forms[line] ??= this.formOf(line);
    return this.forms[line]!;
  }

  private formOf(line: number): ExactForm {
    const cut = this.cuts[line]!;
    const stage = this.stages[line]!;
    if (stage === null) {
      const corner = (i: number): ExactPoint =>
        exactPoint(this.window[(2 * i) % this.window.length]!, this.window[(2 * i + 1) % this.window.length]!);
      return lineThrough(corner(cut), corner(cut + 1));
    }
    const { node, cuts } = stage;
    return this.exact.selectorForm(
      this.choices(this.levels[line]!, this.faces[line]!),
      node,
      cuts!.units[cut]!,
      cuts!.pieces[cut]!,
      cuts!.others[cut]!,
    );
  }

  /** The pieces on a face. Lines of one face are asked for one after another. */
  private choices(level: Level | null, face: number): (Int32Array | undefined)[] {
    if (this.last === null || this.last.level !== level || this.last.face !== face)
      this.last = { level, face, choices: choicesAt(this.network, level, face) };
    return this.last.choices;
  }
}

/** Exact decisions for one mesh that one stage cuts. */
export class ExactSettler implements Settler {
  decisions = 0;
  private readonly runs = new Map<number, ExactRun>();
  private readonly points = new Map<number, ExactPoint>();
  private readonly made = new Map<number, number>();
  private madeFor = -1;

  constructor(
    private readonly stage: CuttingStage,
    private readonly mesh: Mesh,
    private readonly lines: Lines,
    private readonly exact: ExactNetwork,
    private readonly level: Level | null,
    private readonly levelFace: Int32Array,
  ) {}

  sign(v: number, cut: number, face: number): -1 | 0 | 1 {
    this.decisions++;
    if (face >= 0) return signAt(this.lines.form(this.line(cut, face)), this.pointOf(v));
    const { node, cuts } = this.stage;
    return this.run(v).sign(node, cuts!.units[cut]!, cuts!.pieces[cut]!, cuts!.others[cut]!);
  }

  /** Whether a cut is proven to be 0 all over a face: false says nothing. */
  isZeroOnFace(cut: number, face: number): boolean {
    const { node, cuts } = this.stage;
    return this.lines.network.faceClasses.isZero(node, cuts!, cut, this.level, this.levelFace[face]!);
  }

  refine(v: number): { readonly place: readonly [number, number]; readonly row: Float64Array } {
    const run = this.run(v);
    return { place: toFloat(run.point), row: run.inputs(this.stage.node) };
  }

  part(v: number): number {
    const { base } = this.mesh;
    return partBetween(this.pointOf(base[2 * v]!), this.pointOf(base[2 * v + 1]!), this.pointOf(v));
  }

  /** One line for each cut within a face. */
  line(cut: number, face: number): number {
    if (this.madeFor !== face) {
      this.made.clear();
      this.madeFor = face;
    }
    let line = this.made.get(cut);
    if (line === undefined) {
      line = this.lines.add(this.stage, cut, this.level, this.levelFace[face]!);
      this.made.set(cut, line);
    }
    return line;
  }

  private run(v: number): ExactRun {
    let run = this.runs.get(v);
    if (!run) {
      run = this.exact.at(this.pointOf(v));
      this.runs.set(v, run);
    }
    return run;
  }

  private pointOf(v: number): ExactPoint {
    const known = this.points.get(v);
    if (known) return known;
    const { lines } = this.mesh;
    const point = intersection(this.lines.form(lines[2 * v]!), this.lines.form(lines[2 * v + 1]!));
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
