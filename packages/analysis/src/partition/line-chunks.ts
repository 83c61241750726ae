import type { Compute } from "@maso/core";
import { LineCutter } from "./cut-line";
import { type LineChunk, LineCodes, type LinePoint, noPieces } from "./line-chunk";
import { END, LineExact, START, sliceOfLine } from "./line-exact";
import { LineRows } from "./line-rows";
import type { Stage, Stages } from "./stages";

/** A segment on its way through the stages of a network. */
export class Line {
  readonly codes: LineCodes;
  readonly exact: LineExact;
  private readonly rows: LineRows;
  private readonly pieces: readonly Uint32Array[];

  constructor(
    readonly stages: Stages,
    readonly from: Float64Array,
    readonly to: Float64Array,
    readonly compute: Compute,
  ) {
    this.codes = new LineCodes(stages);
    this.exact = new LineExact(stages, sliceOfLine(from, to), this.codes);
    this.rows = new LineRows(stages, compute);
    this.pieces = noPieces(stages);
  }

  /**
   * The segment in runs of neighbouring points, from one end to the other: all codes are constant between each point and the next, and
   * the last point of a run is the first of the next one. The codes stand before a run while it is handed out. null: a place to pause.
   * `most` is how many intervals are taken behind a stage in one go: as many as make products of some milliseconds where absent.
   */
  *chunks(most?: number): Generator<LineChunk | null, void> {
    const x = new Float64Array(2 * this.from.length);
    x.set(this.from);
    x.set(this.to, this.from.length);
    const end = (t: number): LinePoint => ({ t, stage: -1, cut: -1, changes: [], exact: t === 0 ? START : END });
    yield* this.behind({ points: [end(0), end(1)], state: this.rows.first(x, 2) }, 0, most);
  }

  private *behind(chunk: LineChunk, l: number, most?: number): Generator<LineChunk | null, void> {
    const { node, cuts } = this.stages.list[l]!;
    const inputs = this.rows.inputs(chunk, l);
    if (cuts === null) {
      yield { ...chunk, state: new Map([[l, inputs]]) };
      for (const point of chunk.points.slice(0, -1)) this.codes.pass(point);
      return;
    }
    const line = yield* new LineCutter({ index: l, node, cuts }, chunk, inputs, this.exact, this.pieces[l]!).run();
    const step = most ?? intervalsAtOnce(this.stages.list, l);
    for (let from = 0, to = 0; to + 1 < line.points.length; from = to) {
      to = Math.min(from + step, line.points.length - 1);
      yield null;
      const state = this.rows.behind(l, chunk, inputs, line, from, to);
      yield* this.behind({ points: line.points.slice(from, to + 1), state }, l + 1, most);
    }
  }
}

/** Products so long run for some milliseconds. */
const MOST_TERMS = 2 ** 22;

/** How many intervals are taken behind a stage in one go, so that no product runs for long. */
function intervalsAtOnce(list: readonly Stage[], l: number): number {
  return Math.max(1, Math.min(1024, Math.floor(MOST_TERMS / termsBehind(list, list[l]!))));
}

/** The number of products behind a stage, or a bound on it. */
export function termsBehind(list: readonly Stage[], { targets }: Pick<Stage, "targets">): number {
  return targets.reduce((total, { stage, roundings }) => total + roundings * list[stage]!.size, 1);
}
