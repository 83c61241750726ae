import { MasoError } from "@maso/core";

const MOST_VALUES = 2 ** 24;

/** The outputs to look at: all of them where none are named. Throws "params" for one that is not there, "too-large" for all of very many. */
export function chosenRows(who: string, outputs: number, values: number, rows: readonly number[] | undefined): readonly number[] {
  if (rows === undefined) {
    if (outputs * values > MOST_VALUES)
      throw new MasoError("too-large", `${who}: ${outputs} outputs of ${values} values each; choose some with rows`);
    return Array.from({ length: outputs }, (_, k) => k);
  }
  const odd = rows.find((k) => !Number.isInteger(k) || k < 0 || k >= outputs);
  if (odd !== undefined) throw new MasoError("params", `${who}: there is no output ${odd}; the network has outputs 0 to ${outputs - 1}`);
  return rows;
}
