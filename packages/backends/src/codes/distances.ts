import { checkCount } from "@maso/core";
import type { PackedCodes } from "./packed-codes";
import { tiles } from "./tiles";

/** The number of units in which each row of a differs from each of b, [rows of a, rows of b]. Throws "shape" or "too-large". */
export function differences(a: PackedCodes, b: PackedCodes = a): Int32Array {
  return matrix(a, b, (length) => new Int32Array(length), 1);
}

/**
 * d[i, j] = 1 − (units in which row i of a and row j of b agree) / units, [rows of a, rows of b]: a pseudo-metric, 0 where no unit differs, and
 * where there is none. Throws "shape" or "too-large".
 */
export function distances(a: PackedCodes, b: PackedCodes = a): Float64Array {
  return matrix(a, b, (length) => new Float64Array(length), a.layout.units);
}

function matrix<M extends Int32Array | Float64Array>(a: PackedCodes, b: PackedCodes, create: (length: number) => M, units: number): M {
  checkCount(`distances: the matrix of ${a.rows} and ${b.rows} rows`, a.rows * b.rows);
  const result = create(a.rows * b.rows);
  for (const { row, column, rows, columns, counts } of tiles(a, b))
    for (let i = 0; i < rows; i++) {
      const to = (row + i) * b.rows + column;
      const line = counts.subarray(i * columns, (i + 1) * columns);
      if (units <= 1) result.set(line, to);
      else for (let j = 0; j < columns; j++) result[to + j] = line[j]! / units;
    }
  return result;
}
