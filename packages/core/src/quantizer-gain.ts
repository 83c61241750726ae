import { inverseTemperature } from "./beta";
import { roundedUp, type Upper } from "./bounds";
import type { AffineTable, Norm, Quantizer } from "./operator";
import { pieceExists } from "./quantizer";
import { type Units, unitsOf } from "./units";

/** sup of the derivative of w·sigmoid(w), rounded up. */
const SWISH_SLOPE = 1.0998393201288637;
/** sup of y·sigmoid(y)·sigmoid(−y), rounded up. */
const WEIGHT_SLOPE = 0.2238716023471412;

/** Norms of the Jacobian block of units that read the same values, the largest over the codes they can take together. */
interface Block {
  readonly reads: readonly number[];
  readonly rowSum: number;
  readonly spectral: number;
  /** By value read: the largest absolute column sum. */
  readonly columnSums: Float64Array;
}

/** A bound on the gain of a continuous quantizer: blocks of units that read the same values are bounded jointly. */
export function quantizerGain(quantizer: Quantizer, norm: Norm): Upper {
  const units = unitsOf(quantizer);
  let rowSum = 0;
  const columnSums = new Float64Array(units.inputSize);
  const squares = new Float64Array(units.inputSize);
  for (const block of blocks(quantizer, units)) {
    rowSum = Math.max(rowSum, block.rowSum);
    block.reads.forEach((index, i) => {
      if (index < 0) return;
      columnSums[index]! += block.columnSums[i]!;
      squares[index]! += block.spectral ** 2;
    });
  }
  const columnSum = columnSums.reduce((a, b) => Math.max(a, b), 0);
  const roundings = units.count + 4 * units.arity * units.pieces;
  if (norm === "inf") return roundedUp(rowSum, roundings);
  if (norm === 1) return roundedUp(columnSum, roundings);
  const square = squares.reduce((a, b) => Math.max(a, b), 0);
  return exactly(Math.min(rowSum * columnSum, square), roundings);
}

/** √square; 1 stays 1. */
function exactly(square: number, roundings: number): Upper {
  const root = Math.sqrt(square);
  return root === 0 || root === 1 ? { bound: "upper", value: root } : roundedUp(root, roundings);
}

function* blocks(quantizer: Quantizer, units: Units): Generator<Block> {
  for (const members of sharedReads(quantizer, units)) {
    const reads = readsOf(units, members[0]!);
    yield { reads, ...(jointBlock(quantizer, units, members) ?? sumOfUnits(quantizer, units, members)) };
  }
}

/** Units grouped by what they read. Only index tables let several units read the same values. */
function sharedReads({ reads }: Quantizer, units: Units): Iterable<readonly number[]> {
  const all = Array.from({ length: units.count }, (_, k) => k);
  if (reads.type !== "indices") return all.map((k) => [k]);
  const groups = new Map<string, number[]>();
  for (const k of all) {
    const key = [...readsOf(units, k)].sort((a, b) => a - b).join();
    const group = groups.get(key);
    if (group) group.push(k);
    else groups.set(key, [k]);
  }
  return groups.values();
}

function readsOf({ reads, arity }: Units, k: number): readonly number[] {
  return reads === null ? [k] : [...reads.subarray(k * arity, (k + 1) * arity)];
}

type Norms = Omit<Block, "reads">;

function sumOfUnits(quantizer: Quantizer, units: Units, members: readonly number[]): Norms {
  const rows = members.map((k) => unitNorms(quantizer, units, k));
  return {
    rowSum: Math.max(...rows.map(({ rowSum }) => rowSum)),
    spectral: Math.hypot(...rows.map(({ spectral }) => spectral)),
    columnSums: Float64Array.from({ length: units.arity }, (_, i) =>
      rows.reduce((total, { columnSums }, m) => total + columnSums[alignedAt(units, members, m, i)]!, 0),
    ),
  };
}

/** Where unit m of a block reads the i-th value of its first unit. */
function alignedAt(units: Units, members: readonly number[], m: number, i: number): number {
  return m === 0 ? i : readsOf(units, members[m]!).indexOf(readsOf(units, members[0]!)[i]!);
}

function unitNorms(quantizer: Quantizer, units: Units, k: number): Norms {
  const existing = Array.from({ length: units.pieces }, (_, r) => r).filter((r) => pieceExists(units, k, r));
  const slopes = existing.map((r) => pieceSlopes(units.table, units, k, r));
  const eta = inverseTemperature(quantizer.beta, k);
  if (eta === Infinity) return hardNorms(slopes, units.arity);
  return softNorms(units, k, existing, slopes, eta);
}

function hardNorms(slopes: readonly (readonly number[])[], arity: number): Norms {
  return {
    rowSum: Math.max(...slopes.map((row) => row.reduce((total, a) => total + Math.abs(a), 0))),
    spectral: Math.max(...slopes.map((row) => Math.hypot(...row))),
    columnSums: Float64Array.from({ length: arity }, (_, i) => Math.max(...slopes.map((row) => Math.abs(row[i]!)))),
  };
}

/**
 * ∂z = Σ_r t_r a_r + η Σ_{r<q} t_r t_q (z_r − z_q)(σ_r − σ_q). Where z_r − z_q = α (s_r − s_q) + δ, the pair's factor is at most
 * 0.2239 |α| + η |δ| / 4; two pieces that read one value take the exact supremum of t + w t (1 − t). Otherwise infinite.
 */
function softNorms(units: Units, k: number, existing: readonly number[], slopes: readonly (readonly number[])[], eta: number): Norms {
  const base = hardNorms(slopes, units.arity);
  const added = new Float64Array(units.arity);
  for (let p = 0; p < existing.length; p++)
    for (let q = p + 1; q < existing.length; q++) {
      const { alpha, delta, selector } = pairRelation(units, k, existing[p]!, existing[q]!);
      if (selector.every((value) => value === 0)) continue;
      const factor = WEIGHT_SLOPE * Math.abs(alpha) + (delta === 0 ? 0 : (eta * Math.abs(delta)) / 4);
      selector.forEach((value, i) => {
        added[i]! += factor * Math.abs(value);
      });
      if (units.arity === 1 && existing.length === 2) {
        const jump = (eta * Math.abs(delta * value0(selector))) / 4;
        return scalarNorms(Math.max(steepest(slopes[p]![0]!, slopes[q]![0]!), steepest(slopes[q]![0]!, slopes[p]![0]!)) + jump);
      }
    }
  return {
    rowSum: base.rowSum + added.reduce((a, b) => a + b, 0),
    spectral: base.spectral + Math.hypot(...added),
    columnSums: base.columnSums.map((value, i) => value + added[i]!),
  };
}

const value0 = (selector: readonly number[]): number => selector[0]!;

/** sup |a + (b − a) h| over h in the range of t + w t (1 − t), which ends at SWISH_SLOPE. */
function steepest(a: number, b: number): number {
  return Math.max(Math.abs(a), Math.abs(a + (b - a) * SWISH_SLOPE));
}

function scalarNorms(slope: number): Norms {
  return { rowSum: slope, spectral: slope, columnSums: Float64Array.of(slope) };
}

/** α and δ with z_p − z_q = α (s_p − s_q) + δ, as affine functions; α infinite where there are none. */
function pairRelation(units: Units, k: number, p: number, q: number): { alpha: number; delta: number; selector: readonly number[] } {
  const { table, selectors, selectorSign, arity } = units;
  const minus = (a: readonly number[], b: readonly number[]): number[] => a.map((value, i) => value - b[i]!);
  const z = minus(pieceSlopes(table, units, k, p), pieceSlopes(table, units, k, q));
  if (selectors === null) return { alpha: selectorSign, delta: 0, selector: z };
  const s = minus(pieceSlopes(selectors, units, k, p), pieceSlopes(selectors, units, k, q));
  const pivot = s.reduce((best, value, i) => (Math.abs(value) > Math.abs(s[best]!) ? i : best), 0);
  const alpha = z[pivot]! / s[pivot]!;
  const parallel = Array.from({ length: arity }, (_, i) => z[i] === alpha * s[i]!).every(Boolean);
  const offset = (part: AffineTable | null, r: number): number => (part ? part.offsets[(k % part.rows) * part.pieces + r]! : 0);
  const delta = offset(table, p) - offset(table, q) - alpha * (offset(selectors, p) - offset(selectors, q));
  return parallel ? { alpha, delta, selector: s } : { alpha: Infinity, delta: 0, selector: s };
}

function pieceSlopes(table: AffineTable | null, { arity }: Units, k: number, r: number): readonly number[] {
  if (table === null) return Array.from({ length: arity }, (_, i) => (i === r ? 1 : 0));
  const row = (k % table.rows) * table.pieces + r;
  return [...table.slopes.subarray(row * arity, (row + 1) * arity)];
}

const MOST_CODES = 256;

/** Hard units together: every combination of pieces whose cell may have an interior. null: too many, soft, or a single unit. */
function jointBlock(quantizer: Quantizer, units: Units, members: readonly number[]): Norms | null {
  const codes = units.pieces ** members.length;
  if (
    members.length === 1 ||
    codes > MOST_CODES ||
    units.anyMissing ||
    members.some((k) => inverseTemperature(quantizer.beta, k) !== Infinity)
  )
    return null;
  const norms: Norms[] = [];
  for (let code = 0; code < codes; code++) {
    const pieces = members.map((_, m) => Math.floor(code / units.pieces ** m) % units.pieces);
    if (!isFlat(units, members, pieces)) norms.push(matrixNorms(units, members, pieces));
  }
  return {
    rowSum: Math.max(...norms.map(({ rowSum }) => rowSum)),
    spectral: Math.max(...norms.map(({ spectral }) => spectral)),
    columnSums: Float64Array.from({ length: units.arity }, (_, i) => Math.max(...norms.map(({ columnSums }) => columnSums[i]!))),
  };
}

/** One unit's winning condition is exactly the opposite of another's: the units tie everywhere in this cell. */
function isFlat(units: Units, members: readonly number[], pieces: readonly number[]): boolean {
  const conditions = members.flatMap((_, m) =>
    Array.from({ length: units.pieces }, (_, q) => q)
      .filter((q) => q !== pieces[m])
      .map((q) => condition(units, members, m, pieces[m]!, q)),
  );
  return conditions.some((a) => a.some((value) => value !== 0) && conditions.some((b) => a.every((value, i) => value === -b[i]!)));
}

/** Selector r minus selector q of unit m, over the values that the block's first unit reads, and the offset. */
function condition(units: Units, members: readonly number[], m: number, r: number, q: number): number[] {
  const { selectors, selectorSign, arity } = units;
  const k = members[m]!;
  const sign = selectors === null ? selectorSign : 1;
  const [win, lose] = [pieceSlopes(selectors, units, k, r), pieceSlopes(selectors, units, k, q)];
  const slopes = Array.from(
    { length: arity },
    (_, i) => sign * (win[alignedAt(units, members, m, i)]! - lose[alignedAt(units, members, m, i)]!),
  );
  const offset = (piece: number): number => (selectors ? selectors.offsets[(k % selectors.rows) * selectors.pieces + piece]! : 0);
  return [...slopes, offset(r) - offset(q)];
}

function matrixNorms(units: Units, members: readonly number[], pieces: readonly number[]): Norms {
  const rows = members.map((k, m) => {
    const slopes = pieceSlopes(units.table, units, k, pieces[m]!);
    return Array.from({ length: units.arity }, (_, i) => Math.abs(slopes[alignedAt(units, members, m, i)]!));
  });
  const rowSum = Math.max(...rows.map((row) => row.reduce((a, b) => a + b, 0)));
  const columnSums = Float64Array.from({ length: units.arity }, (_, i) => rows.reduce((total, row) => total + row[i]!, 0));
  return { rowSum, columnSums, spectral: Math.min(Math.sqrt(rowSum * Math.max(...columnSums)), Math.hypot(...rows.flat())) };
}
