import { checkCount, MasoError } from "@maso/core";
import type { Codes } from "./code-source";
import { distanceTiles } from "./distance-tiles";
import type { PackedCodes } from "./packed-codes";

export interface Neighbour {
  /** A row of the set. */
  readonly index: number;
  /** 1 − (units that agree) / units. */
  readonly distance: number;
}

export interface NearestOptions {
  readonly signal?: AbortSignal;
  readonly onProgress?: (fraction: number) => void;
}

/**
 * For each row of the query the k nearest rows of the set, nearest first, ties by the lower index; all of them where the set has fewer. The
 * set may be a file that is read once, block by block. Throws "params", "shape", "too-large" or "aborted".
 */
export async function nearest(query: PackedCodes, set: Codes, k: number, options: NearestOptions = {}): Promise<Neighbour[][]> {
  if (!Number.isInteger(k) || k < 1) throw new MasoError("params", `nearest: k is ${k}; it needs to be a whole number of at least 1`);
  const most = Math.min(k, set.rows);
  checkCount(`nearest: ${most} neighbours of ${query.rows} rows`, most * query.rows);
  const found = Array.from({ length: query.rows }, () => new Found(most));
  let done = 0;
  for await (const { row, column, rows, columns, counts } of distanceTiles(query, set)) {
    for (let i = 0; i < rows; i++) found[row + i]!.add(column, counts.subarray(i * columns, (i + 1) * columns));
    done += rows * columns;
    options.onProgress?.(done / (query.rows * set.rows));
    await turn();
    if (options.signal?.aborted) throw new MasoError("aborted", "nearest: interrupted");
  }
  const units = Math.max(1, query.layout.units);
  return found.map(({ indices, counts }) => Array.from(indices, (index, n) => ({ index, distance: counts[n]! / units })));
}

/** Lets signals and timers through between two tiles. */
const turn = (): Promise<void> => new Promise((resolve) => setTimeout(resolve));

/** The nearest rows so far, by their counts, then by their index. */
class Found {
  readonly indices: Float64Array;
  readonly counts: Int32Array;
  #length = 0;

  constructor(most: number) {
    this.indices = new Float64Array(most);
    this.counts = new Int32Array(most);
  }

  /** Rows come in the order of their indices: one that ties with another stands behind it. */
  add(first: number, candidates: Int32Array): void {
    const { indices, counts } = this;
    const most = counts.length;
    for (let j = 0; j < candidates.length; j++) {
      const count = candidates[j]!;
      if (this.#length === most && count >= counts[most - 1]!) continue;
      let at = this.#length === most ? most - 1 : this.#length++;
      for (; at > 0 && counts[at - 1]! > count; at--) {
        counts[at] = counts[at - 1]!;
        indices[at] = indices[at - 1]!;
      }
      counts[at] = count;
      indices[at] = first + j;
    }
  }
}
