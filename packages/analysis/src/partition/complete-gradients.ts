import type { Compute } from "@maso/core";
import { exactLineGradients } from "./exact-line-gradients";
import { Line } from "./line-chunks";
import { END, START } from "./line-exact";
import { Sums } from "./line-gradients";
import { drain, type Pauses } from "./pauses";
import type { Stages } from "./stages";

/** Integrated gradients, [rows, inputs], of the outputs `rows`, and all outputs at both ends, [2, outputs]. Both are put right in place. */
export interface GradientsOfLine {
  readonly from: Float64Array;
  readonly to: Float64Array;
  readonly rows: readonly number[];
  readonly integratedGradients: Float64Array;
  readonly ends: Float64Array;
}

/** What completeness is promised to. */
const COMPLETENESS = 1e-12;

/**
 * The largest |Σ_i IG_i − (f(to) − f(from))| of a row, relative to the largest of |f(to)|, |f(from)| and Σ_i |IG_i|. Where all of these
 * cancel out so far that roundings are what is left, the row's gradients and the output at both ends are computed exactly first.
 */
export async function complete(stages: Stages, line: GradientsOfLine, pause: Pauses, compute: Compute): Promise<number> {
  const { from, to, rows, integratedGradients, ends } = line;
  const errors = rows.map((_, i) => errorOf(line, i));
  const open = rows.flatMap((_, i) => (errors[i]! <= COMPLETENESS ? [] : [i]));
  if (open.length > 0) {
    const again = new Line(stages, from, to, compute);
    const exact = exactLineGradients(
      again,
      open.map((i) => rows[i]!),
    );
    const gradients = await drain(exact, pause);
    const exactEnds = [START, END].map((end) => again.exact.outputs(end));
    open.forEach((i, place) => {
      integratedGradients.set(gradients.subarray(place * from.length, (place + 1) * from.length), i * from.length);
      exactEnds.forEach((outputs, end) => {
        ends[end * outputs.length + rows[i]!] = outputs[rows[i]!]!;
      });
    });
    for (const i of open) errors[i] = errorOf(line, i);
  }
  return Math.max(0, ...errors);
}

function errorOf({ from, rows, integratedGradients, ends }: GradientsOfLine, i: number): number {
  const size = from.length;
  const atFrom = ends[rows[i]!]!;
  const atTo = ends[ends.length / 2 + rows[i]!]!;
  const rest = new Sums(1);
  let sizes = 0;
  for (const part of integratedGradients.subarray(i * size, (i + 1) * size)) {
    rest.add([part], 1);
    sizes += Math.abs(part);
  }
  rest.add([atFrom], 1);
  rest.add([atTo], -1);
  const scale = Math.max(Math.abs(atFrom), Math.abs(atTo), sizes);
  return scale === 0 ? 0 : Math.abs(rest.values()[0]!) / scale;
}
