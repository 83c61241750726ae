import { type Code, checkCount, codeUnits, hammingDistances, MasoError } from "@maso/core";

/** VQ distances of one layer, or of all of them: d = 1 − (units with equal codes) / units, a pseudo-metric, 0 within a region. */
export interface LayerDistances {
  readonly id: string;
  readonly units: number;
  /** [rows of a, rows of b]. */
  readonly matrix: Float64Array;
}

export interface Distances {
  readonly layers: readonly LayerDistances[];
  readonly total: LayerDistances;
}

/** The distances between all inputs of one code and all of another; of one code to itself where b is absent. Throws "shape" or "too-large". */
export function distances(a: Code, b: Code = a): Distances {
  const cells = a.rows * b.rows;
  checkCount(`distances: the matrices of ${a.rows} rows, ${b.rows} rows and ${a.layers.length} layers`, cells * (a.layers.length + 1));
  const units = codeUnits(a);
  const layers = a.layers.map(({ id, units }) => ({ id, units, matrix: new Float64Array(cells) }));
  const total = new Float64Array(cells);
  for (let i = 0; i < a.rows; i++)
    for (let j = 0; j < b.rows; j++) {
      let sum = 0;
      hammingDistances(a, i, b, j).forEach((different, l) => {
        layers[l]!.matrix[i * b.rows + j] = different / layers[l]!.units;
        sum += different;
      });
      total[i * b.rows + j] = units === 0 ? 0 : sum / units;
    }
  return { layers, total: { id: "total", units, matrix: total } };
}

export interface Neighbour {
  readonly index: number;
  readonly distance: number;
}

/** For each row of a distance matrix, the k nearest columns, nearest first, ties by index; `skip` leaves one out (itself, say). */
export function nearest(
  matrix: Float64Array,
  columns: number,
  k: number,
  skip: (row: number, column: number) => boolean = () => false,
): Neighbour[][] {
  if (!Number.isInteger(k) || k < 1) throw new MasoError("params", `nearest: k is ${k}; it needs to be a whole number of at least 1`);
  return Array.from({ length: matrix.length / columns }, (_, row) =>
    Array.from({ length: columns }, (_, index) => ({ index, distance: matrix[row * columns + index]! }))
      .filter(({ index }) => !skip(row, index))
      .sort((a, b) => a.distance - b.distance || a.index - b.index)
      .slice(0, k),
  );
}
