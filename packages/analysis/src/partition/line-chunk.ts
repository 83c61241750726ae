import { unitsOf } from "@maso/core";
import type { ExactPoint } from "../exact";
import type { GivenInputs } from "./given-inputs";
import type { Stages } from "./stages";

/** A breakpoint of a segment, or an end of it. */
export interface LinePoint {
  readonly t: number;
  /** The stage and the cut that is zero here, between the breakpoints of earlier stages; stage −1: an end. */
  readonly stage: number;
  readonly cut: number;
  /** What changes here, by threes: stage, unit, and the piece that it uses from here on. At the start, all that is not piece 0. */
  readonly changes: number[];
  exact: ExactPoint | null;
}

/** Neighbouring points before a stage: all codes of earlier stages are constant between each and the next. */
export interface LineChunk {
  readonly points: readonly LinePoint[];
  /** By stage, from the current one on: its joined inputs at the points, as far as earlier stages feed them. */
  readonly state: ReadonlyMap<number, GivenInputs>;
}

/** By node of the network: the piece of each unit. */
export type LineCode = readonly (Uint32Array | undefined)[];

/** The code of a moving place on the segment. It stands before the first point of the chunk at hand, whatever the stage. */
export class LineCodes {
  /** By stage. */
  private readonly pieces: readonly Uint32Array[];

  constructor(private readonly stages: Stages) {
    this.pieces = noPieces(stages);
  }

  /** Moves past a point. */
  pass({ changes }: LinePoint): void {
    applyChanges(changes, this.pieces, Infinity);
  }

  /** The code of the stages before `stage` right after a point of the chunk. */
  after({ points }: LineChunk, index: number, stage: number): LineCode {
    const pieces = this.pieces.map((own, l) => (l < stage ? own.slice() : own));
    for (let i = 0; i <= index; i++) applyChanges(points[i]!.changes, pieces, stage);
    return this.byNode((l) => (l < stage ? pieces[l] : undefined));
  }

  /** The codes after each point of the chunk but the last: [points − 1, units] of each node. */
  all({ points }: LineChunk): LineCode {
    const count = points.length - 1;
    const pieces = this.pieces.map((own) => own.slice());
    const rows = pieces.map((own) => new Uint32Array(count * own.length));
    for (let i = 0; i < count; i++) {
      applyChanges(points[i]!.changes, pieces, Infinity);
      pieces.forEach((own, l) => {
        rows[l]!.set(own, i * own.length);
      });
    }
    return this.byNode((l) => rows[l]);
  }

  private byNode(pieces: (l: number) => Uint32Array | undefined): LineCode {
    const code: (Uint32Array | undefined)[] = [];
    this.stages.list.forEach(({ node }, l) => {
      if (node >= 0) code[node] = pieces(l);
    });
    return code;
  }
}

function applyChanges(changes: readonly number[], pieces: readonly Uint32Array[], below: number): void {
  for (let i = 0; i < changes.length; i += 3) if (changes[i]! < below) pieces[changes[i]!]![changes[i + 1]!] = changes[i + 2]!;
}

/** By stage, piece 0 of every unit. */
export function noPieces({ list }: Stages): readonly Uint32Array[] {
  return list.map(({ quantizer }) => new Uint32Array(quantizer ? unitsOf(quantizer).count : 0));
}
