import type { Rows, Selection, Units } from "@maso/core";
import type { Engine } from "./engine";
import { unitRuns } from "./unit-runs";
import { halved } from "./workspace";

/** Values that are read and made at a time, where a row has fewer. */
const BLOCK_VALUES = 2 ** 14;
/** Units that move together, on average, from which on two at a time gain. */
const WORTH_PAIRING = 2;

/** Units whose pieces are the values they read; null for others, where units do not move together, and where a row does not fit. */
export function selectValues({ kernels, workspace }: Engine, units: Units, v: Rows): Selection | null {
  const { count, arity, inputSize, reads, table, selectors, selectorSign } = units;
  if (reads === null || table !== null || selectors !== null) return null;
  const runs = unitRuns(units, reads);
  const runCount = runs.starts.length - 1;
  if (count < WORTH_PAIRING * runCount) return null;
  const rows = v.length / inputSize;
  const batch = Math.min(rows, Math.max(1, Math.floor(BLOCK_VALUES / (inputSize + count))));
  const places = workspace.place({
    v: batch * inputSize + 1,
    values: batch * count + 1,
    choice: Math.ceil((batch * count + 1) / 8),
    starts: halved(runs.starts.length),
    reads: halved(runs.reads.length),
  });
  if (places === null) return null;
  workspace.put(runs.starts, places.starts);
  workspace.put(runs.reads, places.reads);

  const values = new Float64Array(rows * count);
  const choice = new Uint8Array(rows * count);
  for (let row = 0; row < rows; row += batch) {
    const some = Math.min(batch, rows - row);
    workspace.put(v.subarray(row * inputSize, (row + some) * inputSize), places.v);
    kernels.selectValues(
      places.values,
      places.choice,
      places.v,
      some,
      inputSize,
      places.starts,
      places.reads,
      runCount,
      arity,
      selectorSign < 0,
    );
    values.set(workspace.at(places.values, some * count), row * count);
    choice.set(workspace.bytesAt(places.choice, some * count), row * count);
  }
  return { values, choice };
}
