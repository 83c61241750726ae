// The quantizer that the kernels work on, set before each call; addresses are 0 where there is no such array. See unit-spec.ts.
export let reads: usize = 0;
export let table: usize = 0;
export let selectors: usize = 0;
export let eta: usize = 0;
export let count: i32 = 0;
export let pieces: i32 = 0;
export let arity: i32 = 0;
export let inputSize: i32 = 0;
export let anyMissing: bool = false;
export let tableRows: i32 = 0;
export let selectorRows: i32 = 0;
export let negative: bool = false;
export let etaLength: i32 = 0;
export let bits: i32 = 0;
export let words: i32 = 0;

export function setUnits(
  toReads: usize,
  toTable: usize,
  toSelectors: usize,
  toEta: usize,
  toCount: i32,
  toPieces: i32,
  toArity: i32,
  toInputSize: i32,
  toAnyMissing: bool,
  toTableRows: i32,
  toSelectorRows: i32,
  toNegative: bool,
  toEtaLength: i32,
  toBits: i32,
  toWords: i32,
): void {
  reads = toReads;
  table = toTable;
  selectors = toSelectors;
  eta = toEta;
  count = toCount;
  pieces = toPieces;
  arity = toArity;
  inputSize = toInputSize;
  anyMissing = toAnyMissing;
  tableRows = toTableRows;
  selectorRows = toSelectorRows;
  negative = toNegative;
  etaLength = toEtaLength;
  bits = toBits;
  words = toWords;
}

/** Where unit k reads its i-th value; -1 where nothing is. */
export function placeOf(k: i32, i: i32): i32 {
  return reads === 0 ? k : load<i32>(reads + ((<usize>(k * arity + i)) << 2));
}

export function valueAt(v: usize, k: i32, i: i32): f32 {
  const place = placeOf(k, i);
  return place < 0 ? 0 : load<f32>(v + ((<usize>place) << 2));
}

/** Entry i of piece r of a planar table of so many rows. */
export function entryAt(planar: usize, rows: i32, k: i32, r: i32, i: i32): f32 {
  return load<f32>(planar + ((<usize>((r * (arity + 1) + i) * rows + (k % rows))) << 2));
}

export function affineAt(planar: usize, rows: i32, v: usize, k: i32, r: i32): f32 {
  let sum = entryAt(planar, rows, k, r, arity);
  for (let i = 0; i < arity; i++) sum += entryAt(planar, rows, k, r, i) * valueAt(v, k, i);
  return sum;
}

/** Piece r of unit k at the row v. */
export function pieceAt(v: usize, k: i32, r: i32): f32 {
  return table === 0 ? valueAt(v, k, r) : affineAt(table, tableRows, v, k, r);
}

export function selectorAt(v: usize, k: i32, r: i32): f32 {
  if (selectors !== 0) return affineAt(selectors, selectorRows, v, k, r);
  const value = pieceAt(v, k, r);
  return negative ? -value : value;
}

/** Piece r needs no value that does not exist. */
export function pieceExists(k: i32, r: i32): bool {
  if (!anyMissing) return true;
  for (let i = 0; i < arity; i++) {
    if (placeOf(k, i) >= 0) continue;
    if (table === 0 ? i === r : entryAt(table, tableRows, k, r, i) !== 0) return false;
    if (selectors !== 0 && entryAt(selectors, selectorRows, k, r, i) !== 0) return false;
  }
  return true;
}

/** The piece with the largest selector, ties to the lowest index. */
export function selected(v: usize, k: i32): i32 {
  let best = -1;
  let largest: f32 = 0;
  for (let r = 0; r < pieces; r++) {
    if (!pieceExists(k, r)) continue;
    const score = selectorAt(v, k, r);
    if (best >= 0 && !(score > largest)) continue;
    best = r;
    largest = score;
  }
  return best;
}

/** η of unit k; negative where it is hard. */
export function etaOf(k: i32): f32 {
  return eta === 0 ? -1 : load<f32>(eta + ((<usize>(k % etaLength)) << 2));
}

/** The piece of unit k in the packed code at `code`. */
export function packedPiece(code: usize, k: i32): i32 {
  if (bits === 1) return (load<i32>(code + ((<usize>(k >> 5)) << 2)) >>> (k & 31)) & 1;
  // Words are little-endian: unit k is byte k.
  return bits === 8 ? <i32>load<u8>(code + <usize>k) : load<i32>(code + ((<usize>k) << 2));
}
