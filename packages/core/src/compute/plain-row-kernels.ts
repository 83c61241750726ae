import { ROUNDOFF } from "../bounds";
import type { Compute } from "./compute";
import { liveProduct } from "./live-columns";
import { matmul } from "./matmul";
import type { Blends, RowKernels } from "./row-kernels";
import { RowPool } from "./row-pool";
import { RowSum } from "./row-sum";

/** Plain TypeScript, with whose matrix product one likes. */
export function plainRowKernels(product: Compute["matmul"] = matmul): RowKernels {
  const pool = new RowPool();
  return {
    take: (length) => pool.take(length),
    give: (values) => pool.give(values),
    bend,
    addProduct: addProductBy(product),
    blend,
    largest,
    signs,
  };
}

const bend: RowKernels["bend"] = (rows, width, { slope, offset, bend, kink }, squares) => {
  for (let i = 0, at = 0; i < squares.length; i++) {
    // Two sums, as of two values at a time.
    let [even, odd] = [0, 0];
    for (let k = 0; k < width; k++, at++) {
      const x = rows[at]!;
      const y = slope * x + offset + Math.abs(bend * x + kink);
      rows[at] = y;
      if ((k & 1) === 0) even += y * y;
      else odd += y * y;
    }
    squares[i] = even + odd;
  }
};

const addProductBy =
  (product: Compute["matmul"]): RowKernels["addProduct"] =>
  (rows, at, a, b, n, k) => {
    const values = liveProduct(product, a, b, { m: at.length, k, n });
    for (let i = 0, from = 0; i < at.length; i++) for (let j = 0, to = at[i]! * n; j < n; j++, to++, from++) rows[to]! += values[from]!;
  };

const blend: RowKernels["blend"] = (rows, width, blends) => {
  const { count, at, ends, parts, start, end, units, factors, columns } = blends;
  const sum = new RowSum(rows, width);
  for (let i = 0; i < count; i++) {
    sum.begin(ends[2 * i]! * width, ends[2 * i + 1]! * width, parts[i]!, at[i]! * width);
    for (let e = start[i]!; e < end[i]!; e++) {
      const column = factors[e] === 0 ? null : columns.at(units[e]!);
      if (column !== null) sum.add(column, factors[e]!);
    }
    sum.end();
  }
  boundBlends(blends);
};

function boundBlends({ count, at, ends, start, end, units, factors, uncertain, columns, sizes, errors }: Blends): void {
  for (let i = 0; i < count; i++) {
    const a = ends[2 * i]!;
    const b = ends[2 * i + 1]!;
    let size = Math.max(sizes[a]!, sizes[b]!);
    let error = Math.max(errors[a]!, errors[b]!) + 24 * ROUNDOFF * size;
    const terms = end[i]! - start[i]!;
    for (let e = start[i]!; e < end[i]!; e++) {
      const column = columns.at(units[e]!);
      if (column === null) continue;
      const added = Math.abs(factors[e]!);
      size += column.largest * added;
      error += column.largest * (uncertain[e]! + (terms + 4) * 2 * ROUNDOFF * added);
    }
    sizes[at[i]!] = size;
    errors[at[i]!] = error + 2 * terms * ROUNDOFF * size;
  }
}

const largest: RowKernels["largest"] = (rows, width, at) => {
  const result = new Float64Array(at.length);
  for (let i = 0; i < at.length; i++) {
    let most = 0;
    for (let k = at[i]! * width, end = k + width; k < end; k++) {
      const value = Math.abs(rows[k]!);
      if (value > most) most = value;
    }
    result[i] = most;
  }
  return result;
};

const signs: RowKernels["signs"] = (rows, width, doubts, positive, negative) => {
  const high = highWords(rows);
  for (let i = 0, first = 0, word = 0; i < doubts.length; i++) {
    const doubt = doubts[i]!;
    for (let from = 0; from < width; from += 32, word++) {
      const length = Math.min(32, width - from);
      // Bits of signs are read off the numbers: which sign is next cannot be predicted, doubt hardly ever comes.
      let [n, open] = [0, 0];
      for (let k = 0; k < length; k++, first++) {
        n |= (high[2 * first]! >>> 31) << k;
        if (Math.abs(rows[first]!) <= doubt) open |= 1 << k;
      }
      const p = ~n & (length === 32 ? -1 : (1 << length) - 1);
      positive[word] = doubt === 0 ? p & ~open : p | open;
      negative[word] = doubt === 0 ? n & ~open : n | open;
    }
  }
};

const IS_LITTLE_ENDIAN = new Uint8Array(Uint16Array.of(1).buffer)[0] === 1;

/** Entry 2 i holds the sign of value i. */
function highWords({ buffer, byteOffset, length }: Float64Array): Int32Array {
  if (length === 0) return new Int32Array(0);
  return IS_LITTLE_ENDIAN ? new Int32Array(buffer, byteOffset + 4, 2 * length - 1) : new Int32Array(buffer, byteOffset, 2 * length);
}
