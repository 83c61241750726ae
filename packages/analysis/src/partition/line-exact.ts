import { MasoError } from "@maso/core";
import { type ExactForm, type ExactNetwork, type ExactPoint, type ExactRun, exactNetwork, exactPoint, intersection } from "../exact";
import { nearestFloat } from "../exact/nearest-float";
import type { LineChunk, LineCodes } from "./line-chunk";
import type { Slice } from "./slice";
import type { Stages } from "./stages";

/** The plane of 0, `to` and `from`: the segment lies on s + t = 1, its point at t being t·to + (1 − t)·from, with both ends as they are given. */
export function sliceOfLine(from: Float64Array, to: Float64Array): Slice {
  return { origin: new Float64Array(from.length), axes: [to, from], window: Float64Array.of(0, 0, 1, 0, 0, 1) };
}

const SEGMENT: ExactForm = { a: 1n, b: 1n, c: -1n };
export const START: ExactPoint = exactPoint(0, 1);
export const END: ExactPoint = exactPoint(1, 0);

/** What only exact arithmetic decides on a segment. */
export class LineExact {
  decisions = 0;
  private readonly network: ExactNetwork;

  constructor(
    private readonly stages: Stages,
    slice: Slice,
    private readonly codes: LineCodes,
  ) {
    this.network = exactNetwork(stages.network, slice);
  }

  /** A point of the chunk at hand. */
  point(chunk: LineChunk, index: number): ExactPoint {
    const point = chunk.points[index]!;
    point.exact ??= this.root(chunk, index, point.stage, point.cut);
    return point.exact;
  }

  /** Where a cut of a stage is zero, with the codes of earlier stages those right after a point of the chunk. */
  root(chunk: LineChunk, index: number, stage: number, cut: number): ExactPoint {
    const { node, id, cuts } = this.stages.list[stage]!;
    const code = this.codes.after(chunk, index, stage);
    const form = this.network.selectorForm(code, node, cuts!.units[cut]!, cuts!.pieces[cut]!, cuts!.others[cut]!);
    const point = intersection(form, SEGMENT);
    if (point === null)
      throw new MasoError(
        "discontinuous",
        `line: unit ${cuts!.units[cut]} of ${id} jumps by a rounding of its parameters; continuous units are needed`,
      );
    return point;
  }

  run(chunk: LineChunk, index: number): ExactRun {
    return this.network.at(this.point(chunk, index));
  }

  /** The network's outputs at an end, each rounded once. */
  outputs(end: ExactPoint): Float64Array {
    return this.network.at(end).outputs();
  }
}

/** Negative where p comes before q on the segment, 0 where they are one. */
export function compareAlong(p: ExactPoint, q: ExactPoint): number {
  const difference = p.x * q.w - q.x * p.w;
  return difference > 0n ? 1 : difference < 0n ? -1 : 0;
}

/** (m − p) / (q − p) along the segment, of p before q, rounded once. */
export function partBetween(p: ExactPoint, q: ExactPoint, m: ExactPoint): number {
  return nearestFloat((m.x * p.w - p.x * m.w) * q.w, m.w * (q.x * p.w - p.x * q.w));
}
