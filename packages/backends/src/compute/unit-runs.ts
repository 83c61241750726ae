import type { Units } from "@maso/core";

/** Runs of units that move together: unit starts[n] + i reads the values reads[n, r] + i, and none where reads[n, r] is -1. */
export interface UnitRuns {
  /** runs + 1 entries; the last one is the number of units. */
  readonly starts: Int32Array;
  /** [runs, arity]. */
  readonly reads: Int32Array;
}

const derived = new WeakMap<Units, UnitRuns>();

/** The runs of units whose values they read are `reads`, [units, arity]. Derived once. */
export function unitRuns(units: Units, reads: Int32Array): UnitRuns {
  let runs = derived.get(units);
  if (!runs) {
    runs = deriveRuns(units, reads);
    derived.set(units, runs);
  }
  return runs;
}

function deriveRuns({ count, arity }: Units, reads: Int32Array): UnitRuns {
  const starts: number[] = [];
  for (let k = 0; k < count; k++) if (k === 0 || !movesOn(reads, k, arity)) starts.push(k);
  const first = new Int32Array(starts.length * arity);
  starts.forEach((k, n) => first.set(reads.subarray(k * arity, (k + 1) * arity), n * arity));
  return { starts: Int32Array.from([...starts, count]), reads: first };
}

/** Unit k reads what stands next to the values of the unit before it. */
function movesOn(reads: Int32Array, k: number, arity: number): boolean {
  for (let i = k * arity; i < (k + 1) * arity; i++) {
    const before = reads[i - arity]!;
    if (reads[i] !== (before < 0 ? -1 : before + 1)) return false;
  }
  return true;
}
