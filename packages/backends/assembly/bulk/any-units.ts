import { exp, largest, mean, total, weigh } from "./soft";
import {
  arity,
  bits,
  count,
  entryAt,
  etaOf,
  inputSize,
  negative,
  packedPiece,
  pieceAt,
  pieceExists,
  pieces,
  placeOf,
  selected,
  selectorAt,
  selectorRows,
  selectors,
  table,
  tableRows,
  valueAt,
  words,
} from "./units";

/** Any units at v, [rows, inputSize]: [rows, count]. */
export function values(out: usize, v: usize, rows: i32): void {
  for (let row = 0; row < rows; row++) {
    for (let k = 0; k < count; k++) {
      let value: f32;
      if (etaOf(k) < 0) value = pieceAt(v, k, selected(v, k));
      else {
        weigh(v, k);
        value = mean;
      }
      store<f32>(out, value);
      out += 4;
    }
    v += (<usize>inputSize) << 2;
  }
}

/** The pieces that they select, packed: [rows, words]. */
export function code(out: usize, v: usize, rows: i32): void {
  for (let row = 0; row < rows; row++) {
    memory.fill(out, 0, (<usize>words) << 2);
    for (let k = 0; k < count; k++) {
      const piece = selected(v, k);
      if (bits === 32) store<i32>(out + ((<usize>k) << 2), piece);
      else if (bits === 8) store<u8>(out + <usize>k, <u8>piece);
      else {
        const at = out + ((<usize>(k >> 5)) << 2);
        store<i32>(at, load<i32>(at) | (piece << (k & 31)));
      }
    }
    out += (<usize>words) << 2;
    v += (<usize>inputSize) << 2;
  }
}

/** Units held at a code, `group` rows of v for each row of it. */
export function applyCode(out: usize, v: usize, code: usize, points: i32, group: i32, withOffsets: bool): void {
  for (let point = 0; point < points; point++) {
    for (let g = 0; g < group; g++) {
      for (let k = 0; k < count; k++) {
        const r = packedPiece(code, k);
        let sum: f32;
        if (table === 0) sum = valueAt(v, k, r);
        else {
          sum = withOffsets ? entryAt(table, tableRows, k, r, arity) : 0;
          for (let i = 0; i < arity; i++) sum += entryAt(table, tableRows, k, r, i) * valueAt(v, k, i);
        }
        store<f32>(out, sum);
        out += 4;
      }
      v += (<usize>inputSize) << 2;
    }
    code += (<usize>words) << 2;
  }
}

export function adjointCode(out: usize, u: usize, code: usize, points: i32, group: i32): void {
  memory.fill(out, 0, <usize>(points * group) * ((<usize>inputSize) << 2));
  for (let point = 0; point < points; point++) {
    for (let g = 0; g < group; g++) {
      for (let k = 0; k < count; k++) {
        const r = packedPiece(code, k);
        const own = load<f32>(u);
        if (table === 0) addTo(out, placeOf(k, r), own);
        else for (let i = 0; i < arity; i++) addTo(out, placeOf(k, i), entryAt(table, tableRows, k, r, i) * own);
        u += 4;
      }
      out += (<usize>inputSize) << 2;
    }
    code += (<usize>words) << 2;
  }
}

/** Slopes and offset of soft units, [rows, count, arity + 1]; see loops/slopes.ts. */
export function slopes(out: usize, v: usize, rows: i32, derivative: bool): void {
  const width = (<usize>(arity + 1)) << 2;
  for (let row = 0; row < rows; row++) {
    for (let k = 0; k < count; k++) {
      memory.fill(out, 0, width);
      const own = etaOf(k);
      if (own < 0) addEntries(out, table, tableRows, k, selected(v, k), 1);
      else {
        weigh(v, k);
        for (let r = 0; r < pieces; r++) {
          if (!pieceExists(k, r)) continue;
          const weight = exp(own * (selectorAt(v, k, r) - largest)) / total;
          addEntries(out, table, tableRows, k, r, weight);
          if (!derivative) continue;
          const rate = own * weight * (pieceAt(v, k, r) - mean);
          if (selectors !== 0) addEntries(out, selectors, selectorRows, k, r, rate);
          else addEntries(out, table, tableRows, k, r, negative ? -rate : rate);
        }
      }
      if (derivative) store<f32>(out + width - 4, 0);
      out += width;
    }
    v += (<usize>inputSize) << 2;
  }
}

export function applySlopes(out: usize, v: usize, slopes: usize, points: i32, group: i32, withOffsets: bool): void {
  const width = (<usize>(arity + 1)) << 2;
  for (let point = 0; point < points; point++) {
    for (let g = 0; g < group; g++) {
      let own = slopes;
      for (let k = 0; k < count; k++) {
        let sum: f32 = withOffsets ? load<f32>(own + width - 4) : 0;
        for (let i = 0; i < arity; i++) sum += load<f32>(own + ((<usize>i) << 2)) * valueAt(v, k, i);
        store<f32>(out, sum);
        out += 4;
        own += width;
      }
      v += (<usize>inputSize) << 2;
    }
    slopes += <usize>count * width;
  }
}

export function adjointSlopes(out: usize, u: usize, slopes: usize, points: i32, group: i32): void {
  const width = (<usize>(arity + 1)) << 2;
  memory.fill(out, 0, <usize>(points * group) * ((<usize>inputSize) << 2));
  for (let point = 0; point < points; point++) {
    for (let g = 0; g < group; g++) {
      let own = slopes;
      for (let k = 0; k < count; k++) {
        const value = load<f32>(u);
        for (let i = 0; i < arity; i++) addTo(out, placeOf(k, i), load<f32>(own + ((<usize>i) << 2)) * value);
        u += 4;
        own += width;
      }
      out += (<usize>inputSize) << 2;
    }
    slopes += <usize>count * width;
  }
}

function addTo(out: usize, place: i32, value: f32): void {
  if (place < 0) return;
  const at = out + ((<usize>place) << 2);
  store<f32>(at, load<f32>(at) + value);
}

/** Adds a weight times the slopes and offset of piece r; of values, slope 1 on the r-th. */
function addEntries(out: usize, planar: usize, rows: i32, k: i32, r: i32, weight: f32): void {
  if (planar === 0) addTo(out, r, weight);
  else for (let i = 0; i <= arity; i++) addTo(out, i, weight * entryAt(planar, rows, k, r, i));
}
