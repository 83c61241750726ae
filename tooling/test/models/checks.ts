import { expect } from "vitest";
import type { ModelCheck } from "../../models/check-model";

/** The float32 rounding of tfjs over the layers of a real network; a wrong layer shows at 1e-2 and above. */
const AGREEMENT_TOLERANCE = 1e-4;
const IDENTITY_LIMIT = 1e-11;

/** What was checked, as a table. */
export function printChecks(checks: readonly ModelCheck[]): void {
  const head = ["model", "layers", "units", "agreement", "tolerance", "identity", "limit", "identity s", "total s", "peak MB"];
  const rows = checks.map(({ name, cut, refused, checked, seconds, peakMb }) => [
    cut === null ? name : `${name} up to ${cut}`,
    ...(checked === null
      ? [`refused: ${refused.length}`, ...Array<string>(6).fill("–")]
      : [
          String(checked.layers),
          String(checked.units),
          Math.max(checked.agreement.noise, checked.agreement.picture, checked.agreement.logits ?? 0).toExponential(1),
          AGREEMENT_TOLERANCE.toExponential(0),
          checked.identity.toExponential(1),
          IDENTITY_LIMIT.toExponential(0),
          checked.identitySeconds.toFixed(1),
        ]),
    seconds.toFixed(1),
    String(peakMb),
  ]);
  const widths = head.map((title, i) => Math.max(title.length, ...rows.map((row) => row[i]!.length)));
  const line = (row: readonly string[]): string =>
    row.map((cell, i) => (i === 0 ? cell.padEnd(widths[i]!) : cell.padStart(widths[i]!))).join("  ");
  console.log([line(head), ...rows.map(line)].join("\n"));
}

/** Fails unless the model is read whole, agrees with tfjs, and is its own local map. */
export function expectSound({ refused, checked }: ModelCheck): void {
  expect(refused).toEqual([]);
  const { agreement, identity, templates } = checked!;
  expect(agreement.noise).toBeLessThanOrEqual(AGREEMENT_TOLERANCE);
  expect(agreement.picture).toBeLessThanOrEqual(AGREEMENT_TOLERANCE);
  if (agreement.logits !== null) expect(agreement.logits).toBeLessThanOrEqual(AGREEMENT_TOLERANCE);
  for (const error of [identity, templates.value, templates.slope]) expect(error).toBeLessThanOrEqual(IDENTITY_LIMIT);
}
