import { type Compute, mapOfCode, outputShape, sizeOf, totalSize } from "@maso/core";
import { affineFront } from "./affine-front";
import type { LineChunk, LineCode } from "./line-chunk";
import type { Line } from "./line-chunks";
import { termsBehind } from "./line-chunks";

/** Mean gradients of some outputs over a segment: each piece's own, weighted by its length ("Computing Linear Restrictions of Neural Networks", arXiv 1908.06214). */
export class LineGradients {
  private readonly front;
  private readonly width: number;
  private readonly outputs: number;
  private readonly sums: Sums;
  private readonly most: number;

  constructor(
    private readonly line: Line,
    private readonly rows: readonly number[],
    private readonly compute: Compute,
  ) {
    const { network, list } = line.stages;
    this.front = affineFront(network);
    this.width = totalSize(this.front.tail.inputs);
    this.outputs = sizeOf(outputShape(network));
    this.sums = new Sums(rows.length * this.width);
    const terms = list.reduce((total, stage) => total + termsBehind(list, stage), 0) + this.width;
    this.most = Math.max(1, Math.min(256, Math.floor(MOST_TERMS / (terms * Math.max(1, rows.length)))));
  }

  /** Adds the pieces of a chunk that was just handed out; tells how far it has come on the segment. */
  *add(chunk: LineChunk, onProgress?: (t: number) => void): Generator<null, void> {
    const { points } = chunk;
    if (this.rows.length === 0) {
      onProgress?.(points.at(-1)!.t);
      return;
    }
    const codes = this.line.codes.all(chunk);
    for (let from = 0, to = 0; to + 1 < points.length; from = to) {
      to = Math.min(from + this.most, points.length - 1);
      yield null;
      const gradients = mapOfCode(this.front.tail, to - from, this.ofTail(codes, points.length - 1, from, to), {
        compute: this.compute,
      }).adjoint(this.seeds(to - from));
      const size = this.sums.size;
      for (let i = from; i < to; i++)
        this.sums.add(gradients.subarray((i - from) * size, (i - from + 1) * size), points[i + 1]!.t - points[i]!.t);
      onProgress?.(points[to]!.t);
    }
  }

  /** [rows, inputs]. */
  mean(): Float64Array {
    return this.rows.length === 0 ? new Float64Array(0) : this.front.adjoint(this.sums.values(), this.compute);
  }

  private ofTail(codes: LineCode, pieces: number, from: number, to: number): LineCode {
    const own: (Uint32Array | undefined)[] = [];
    codes.forEach((code, node) => {
      if (!code) return;
      const units = code.length / pieces;
      own[this.front.places[node]!] = code.subarray(from * units, to * units);
    });
    return own;
  }

  private seeds(pieces: number): Float64Array {
    const seeds = new Float64Array(pieces * this.rows.length * this.outputs);
    for (let i = 0; i < pieces * this.rows.length; i++) seeds[i * this.outputs + this.rows[i % this.rows.length]!] = 1;
    return seeds;
  }
}

const MOST_TERMS = 2 ** 22;

/** Sums with what rounding took from them (Neumaier's). */
export class Sums {
  private readonly sums: Float64Array;
  private readonly rest: Float64Array;

  constructor(readonly size: number) {
    this.sums = new Float64Array(size);
    this.rest = new Float64Array(size);
  }

  add(values: ArrayLike<number>, weight: number): void {
    const { sums, rest } = this;
    for (let i = 0; i < sums.length; i++) {
      const value = weight * values[i]!;
      const before = sums[i]!;
      const sum = before + value;
      rest[i]! += Math.abs(before) >= Math.abs(value) ? before - sum + value : value - sum + before;
      sums[i] = sum;
    }
  }

  values(): Float64Array {
    return this.sums.map((sum, i) => sum + this.rest[i]!);
  }
}
