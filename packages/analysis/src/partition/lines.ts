import { type ExactForm, type ExactNetwork, type ExactPoint, exactPoint, lineThrough } from "../exact";
import type { Cuts } from "./cuts";
import { choicesAt, type Level } from "./level";
import { reals, wholes } from "./numbers-list";
import type { Stages } from "./stages";

/** What cuts a mesh: a quantizer's node and its cuts. */
export interface CuttingStage {
  readonly node: number;
  readonly cuts: Cuts | null;
}

/** Lines that edges lie on: sides of the window, and cuts of a stage within one face of the level before it. */
export class Lines {
  private readonly origins: LineOrigin[] = [];
  private readonly origin = wholes();
  private readonly cuts = wholes();
  private readonly faces = wholes();
  private readonly off = reals();
  private readonly forms = new Map<number, ExactForm>();
  private last: { readonly level: Level | null; readonly face: number; readonly choices: (Int32Array | undefined)[] } | null = null;

  constructor(
    readonly network: Stages,
    private readonly exact: ExactNetwork,
    private readonly window: Float64Array,
  ) {
    const sides = window.length / 2;
    const origin = this.originOf(null, null);
    for (let side = 0; side < sides; side++) this.add(origin, side, -1);
  }

  get count(): number {
    return this.cuts.length;
  }

  /** What to forget later lines with. */
  mark(): LineMark {
    return { lines: this.count, origins: this.origins.length };
  }

  /** Forgets the lines since a mark. */
  forget({ lines, origins }: LineMark): void {
    if (this.forms.size > 0) for (let line = lines; line < this.count; line++) this.forms.delete(line);
    this.origins.length = origins;
    for (const list of [this.origin, this.cuts, this.faces, this.off]) list.length = lines;
  }

  /** A number for what cuts, to add lines with. */
  originOf(stage: CuttingStage | null, level: Level | null): number {
    const index = stage === null ? -1 : this.network.list.findIndex(({ node }) => node === stage.node);
    return this.origins.push({ stage, index, level }) - 1;
  }

  add(origin: number, cut: number, face: number): number {
    this.origin.push(origin);
    this.cuts.push(cut);
    this.faces.push(face);
    this.off.push(0);
    return this.count - 1;
  }

  /** How far the vertices on a line, as they are placed, may be from it. */
  offOf(line: number): number {
    return this.off.at(line);
  }

  get offs(): Float64Array {
    return this.off.values;
  }

  raiseOff(line: number, off: number): void {
    if (off > this.off.at(line)) this.off.set(line, off);
  }

  /** Index of the stage that cut along the line; −1: a side of the window. */
  stageOf(line: number): number {
    return this.origins[this.origin.at(line)]!.index;
  }

  /** The cut of the line's stage, or which side of the window. */
  cutOf(line: number): number {
    return this.cuts.at(line);
  }

  /** What all cuts have in common that are 0 where the line's is; −1: nothing that is known. */
  nameOf(line: number): number {
    return this.origins[this.origin.at(line)]!.stage?.cuts?.names?.[this.cutOf(line)] ?? -1;
  }

  isOf(line: number, origin: number, face: number): boolean {
    return this.origin.at(line) === origin && this.faces.at(line) === face;
  }

  form(line: number): ExactForm {
    let form = this.forms.get(line);
    if (form === undefined) {
      form = this.formOf(this.origin.at(line), this.cuts.at(line), this.faces.at(line));
      this.forms.set(line, form);
    }
    return form;
  }

  /** The form of what would be the line of a cut within a face. */
  formOf(origin: number, cut: number, face: number): ExactForm {
    const { stage, level } = this.origins[origin]!;
    if (stage === null) {
      const corner = (i: number): ExactPoint =>
        exactPoint(this.window[(2 * i) % this.window.length]!, this.window[(2 * i + 1) % this.window.length]!);
      return lineThrough(corner(cut), corner(cut + 1));
    }
    const { node, cuts } = stage;
    return this.exact.selectorForm(this.choices(level, face), node, cuts!.units[cut]!, cuts!.pieces[cut]!, cuts!.others[cut]!);
  }

  /** The pieces on a face. Lines of one face are asked for one after another. */
  private choices(level: Level | null, face: number): (Int32Array | undefined)[] {
    if (this.last === null || this.last.level !== level || this.last.face !== face)
      this.last = { level, face, choices: choicesAt(this.network, level, face) };
    return this.last.choices;
  }
}

export interface LineMark {
  readonly lines: number;
  readonly origins: number;
}

interface LineOrigin {
  readonly stage: CuttingStage | null;
  readonly index: number;
  readonly level: Level | null;
}
