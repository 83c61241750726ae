import type { ExactPoint } from "../exact";
import { nearestFloat } from "../exact/nearest-float";
import { wholeGradient } from "../exact/whole-gradient";
import { wholeNetwork } from "../exact/whole-network";
import type { Line } from "./line-chunks";
import { START, sliceOfLine } from "./line-exact";

/** The integrated gradients of some outputs along a segment, each rounded once: [rows, inputs]. Slow; for outputs of which all parts cancel out. */
export function* exactLineGradients(line: Line, rows: readonly number[]): Generator<null, Float64Array> {
  const { network } = line.stages;
  const whole = wholeNetwork(network, sliceOfLine(line.from, line.to));
  const points: ExactPoint[] = [START];
  /** By piece and row. */
  const gradients: (readonly bigint[])[] = [];
  for (const chunk of line.chunks()) {
    yield null;
    if (chunk === null) continue;
    const pieces = chunk.points.length - 1;
    const codes = line.codes.all(chunk);
    for (let i = 0; i < pieces; i++) {
      points.push(line.exact.point(chunk, i + 1));
      const code = codes.map((all) => all?.subarray((i * all.length) / pieces, ((i + 1) * all.length) / pieces));
      for (const row of rows) {
        yield null;
        gradients.push(wholeGradient(whole, code, row));
      }
    }
  }
  const denominator = points.reduce((product, { w }) => product * w, 1n);
  const lengths = points.slice(1).map((q, i) => {
    const p = points[i]!;
    return (q.x * p.w - p.x * q.w) * (denominator / (p.w * q.w));
  });
  const changes = network.inputs.flatMap((shape, source) =>
    Array.from({ length: shape.reduce((a, b) => a * b, 1) }, (_, i) => {
      const [to, from] = whole.input(source, i);
      return to - from;
    }),
  );
  const result = new Float64Array(rows.length * changes.length);
  for (let at = 0; at < result.length; at++) {
    const [row, i] = [Math.floor(at / changes.length), at % changes.length];
    if (changes[i] === 0n) continue;
    yield null;
    const sum = lengths.reduce((total, length, piece) => total + length * gradients[piece * rows.length + row]![i]!, 0n);
    result[at] = nearestFloat(sum * changes[i]!, denominator, whole.exponent(network.output));
  }
  return result;
}
