import { applyHead, type Code, identityError, inputSize, MasoError, type Network, trace } from "@maso/core";
import type { Points } from "../input/points";
import { withProgress } from "../output/progress";

/** What a network makes of one point. */
export interface ExplainedRow {
  readonly label: string;
  /** [inputs]. */
  readonly x: Float64Array;
  /** With the head applied, [outputs]. */
  readonly output: Float64Array;
  readonly logits: Float64Array;
  /** Of this one row. */
  readonly code: Code;
  readonly identityError: number;
}

/** Throws "non-finite" where a number is too large for float64. */
export function explainRows(model: string, network: Network, { x, labels }: Points): Promise<readonly ExplainedRow[]> {
  const size = inputSize(network);
  return withProgress("explaining", labels.length, async (advance) => {
    const rows: ExplainedRow[] = [];
    for (const [i, label] of labels.entries()) {
      rows.push(explainRow(network, x.subarray(i * size, (i + 1) * size), label, model));
      await advance(i + 1);
    }
    return rows;
  });
}

function explainRow(network: Network, x: Float64Array, label: string, model: string): ExplainedRow {
  const { values: logits, code } = trace(network, x);
  const output = applyHead(network, logits);
  const error = identityError(network, x);
  if (![...logits, ...output, error].every(Number.isFinite))
    throw new MasoError(
      "non-finite",
      `${model}: ${label}: the outputs or the identity error are not finite; the numbers of the model or the input need to be smaller`,
    );
  return { label, x, output, logits, code, identityError: error };
}

/** The largest identity error of all rows. */
export function worstError(rows: readonly ExplainedRow[]): number {
  return rows.reduce((worst, { identityError }) => Math.max(worst, identityError), 0);
}
