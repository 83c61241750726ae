import {
  type AffineOperator,
  type Network,
  network,
  type Operator,
  type Quantizer,
  type QuantizerBody,
  type Random,
  random,
  type Shape,
  sparseVector,
} from "../../src";

/** x ↦ A x + b from a plain matrix, by the most obvious loops. */
export function matrixOperator(matrix: readonly (readonly number[])[], bias: readonly number[] = [0]): AffineOperator {
  const rows = matrix.length;
  const columns = matrix[0]!.length;
  const map = (v: Float64Array, from: number, to: number, entry: (k: number, j: number) => number): Float64Array => {
    const result = new Float64Array((v.length / from) * to);
    for (let row = 0; row < v.length / from; row++)
      for (let k = 0; k < to; k++) for (let j = 0; j < from; j++) result[row * to + k]! += entry(k, j) * v[row * from + j]!;
    return result;
  };
  return {
    type: "affine",
    kind: "matrix",
    params: { matrix, bias },
    inputs: [[columns]],
    output: [rows],
    bias: Float64Array.from(bias),
    linear: ([v]) => map(v!, columns, rows, (k, j) => matrix[k]![j]!),
    adjoint: (u) => [map(u, rows, columns, (j, k) => matrix[k]![j]!)],
    row: (k) => sparseVector(columns, (j) => matrix[k]![j]!),
    column: (j) => sparseVector(rows, (k) => matrix[k]![j]!),
  };
}

export function named(body: QuantizerBody, kind = "test"): Quantizer {
  return { ...body, kind, params: {} };
}

/** A network of operators that follow one another. */
export function sequence(input: Shape, ...operators: readonly Operator[]): Network {
  return network({ inputs: [input], nodes: operators.map((op, i) => ({ id: String(i), op, from: [i] })), output: operators.length });
}

export function randomMatrix(source: Random, rows: number, columns: number): number[][] {
  return Array.from({ length: rows }, () => Array.from({ length: columns }, () => source.normal()));
}

export function normals(source: Random, count: number): Float64Array {
  return Float64Array.from({ length: count }, () => source.normal());
}

/** Dense layers with a quantizer between each two. */
export function multilayer(seed: number, widths: readonly number[], unit: (shape: Shape) => QuantizerBody): Network {
  const source = random(seed);
  const operators: Operator[] = [];
  for (let l = 1; l < widths.length; l++) {
    operators.push(matrixOperator(randomMatrix(source, widths[l]!, widths[l - 1]!), [...normals(source, widths[l]!)]));
    if (l < widths.length - 1) operators.push(named(unit([widths[l]!])));
  }
  return sequence([widths[0]!], ...operators);
}
