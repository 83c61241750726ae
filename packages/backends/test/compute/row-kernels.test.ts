import { plainCompute, type Random, random } from "@maso/core";
import { type Blends, type Column, plainRowKernels, type RowKernels } from "@maso/core/compute";
import { afterEach, describe, expect, it, vi } from "vitest";
import { wasmComputeSync } from "../../src/compute";

const plain = plainRowKernels();
const wasm = (): Promise<RowKernels> => wasmComputeSync().rowKernels!();

const values = ({ normal }: Random, length: number): Float64Array => Float64Array.from({ length }, () => normal());
const sparse = (source: Random, length: number, share: number): Float64Array =>
  values(source, length).map((value) => (source.uniform() < share ? 0 : value));

/** The same values in memory of the kernels. */
function taken(kernels: RowKernels, from: Float64Array): Float64Array {
  const array = kernels.take(from.length);
  array.set(from);
  return array;
}

const widths = [1, 2, 3, 10, 31, 32, 33, 64, 101, 256];

describe("rows in wasm have the bits of plain ones", () => {
  it.each(widths)("bent, %i wide", async (width) => {
    const kernels = await wasm();
    const source = random(width);
    for (const unit of [
      { slope: 0.5, offset: 0, bend: 0.5, kink: 0 },
      { slope: 0.55, offset: -0.25, bend: -0.45, kink: 0.125 },
    ]) {
      const rows = values(source, 7 * width);
      const mine = taken(kernels, rows);
      const [squares, mySquares] = [new Float64Array(7), new Float64Array(7)];
      plain.bend(rows, width, unit, squares);
      kernels.bend(mine, width, unit, mySquares);
      expect([...mine]).toEqual([...rows]);
      expect([...mySquares]).toEqual([...squares]);
    }
  });

  it.each(widths)("products added to some of them, %i wide", async (n) => {
    const kernels = await wasm();
    const source = random(100 + n);
    for (const k of [1, 5, 64, 130])
      for (const m of [1, 3, 40, 150]) {
        const isDead = Array.from({ length: k }, () => source.uniform() < 0.4);
        const a = sparse(source, m * k, 0.2).map((value, i) => (isDead[i % k]! ? 0 : value));
        const b = values(source, n * k);
        const rows = values(source, 2 * m * n);
        const at = Int32Array.from({ length: m }, (_, i) => (i * 2 + 1) % (2 * m));
        const mine = taken(kernels, rows);
        const myA = taken(kernels, a);
        plain.addProduct(rows, at, a, b, n, k);
        kernels.addProduct(mine, at, myA, b, n, k);
        expect([...mine]).toEqual([...rows]);
        const product = plainCompute.matmul(a, b, { m, k, n, transposeB: true });
        const again = new Float64Array(m * n);
        kernels.addProduct(
          again,
          Int32Array.from({ length: m }, (_, i) => i),
          myA,
          b,
          n,
          k,
        );
        expect([...again]).toEqual([...product]);
        kernels.give(mine);
        kernels.give(myA);
      }
  });

  it.each(widths)("between others with columns added, %i wide", async (width) => {
    const kernels = await wasm();
    const source = random(200 + width);
    const rows = values(source, 40 * width);
    const mine = taken(kernels, rows);
    const blends = randomBlends(source, width);
    const bounds = { sizes: blends.sizes.slice(), errors: blends.errors.slice() };
    plain.blend(rows, width, blends);
    kernels.blend(mine, width, { ...blends, ...bounds });
    expect([...mine]).toEqual([...rows]);
    expect(bounds).toEqual({ sizes: blends.sizes, errors: blends.errors });
    const at = Int32Array.from({ length: 40 }, (_, i) => 39 - i);
    expect([...kernels.largest(mine, width, at)]).toEqual([...plain.largest(rows, width, at)]);
  });

  it("with columns of a matrix as with them one by one", async () => {
    const source = random(8);
    const rows = values(source, 40 * 9);
    const blends = randomBlends(source, 9);
    const [one, other] = [await wasm(), await wasm()];
    const [mine, others] = [taken(one, rows), taken(other, rows)];
    const bounds = { sizes: blends.sizes.slice(), errors: blends.errors.slice() };
    one.blend(mine, 9, blends);
    other.blend(others, 9, { ...blends, ...bounds, columns: { ...blends.columns, matrix: null } });
    expect([...others]).toEqual([...mine]);
    expect(bounds).toEqual({ sizes: blends.sizes, errors: blends.errors });
  });

  it("with columns of which too many are there to keep all at once", async () => {
    const kernels = await wasm();
    const source = random(7);
    const rows = values(source, 40 * 64);
    const mine = taken(kernels, rows);
    const { columns, ...blends } = randomBlends(source, 64);
    const asked = new Set<number>();
    const at = (unit: number) => columns.at(asked.add(unit) && unit);
    kernels.blend(mine, 64, { ...blends, columns: { count: 2 ** 16, matrix: null, at } });
    expect(asked).toEqual(new Set(blends.units));
    plain.blend(rows, 64, { ...blends, columns });
    expect([...mine]).toEqual([...rows]);
  });

  it.each(widths)("signs of %i values", async (width) => {
    const kernels = await wasm();
    const source = random(300 + width);
    const rows = sparse(source, 50 * width, 0.05).map((value) => (source.uniform() < 0.05 ? value * 1e-9 : value));
    rows[0] = -0;
    const doubts = Float64Array.from({ length: 50 }, (_, i) => (i % 3 === 0 ? 0 : i % 3 === 1 ? 1e-9 : 0.3));
    const words = 50 * Math.ceil(width / 32);
    const [p, n, myP, myN] = [new Uint32Array(words), new Uint32Array(words), new Uint32Array(words), new Uint32Array(words)];
    plain.signs(rows, width, doubts, p, n);
    kernels.signs(taken(kernels, rows), width, doubts, myP, myN);
    expect([...myP]).toEqual([...p]);
    expect([...myN]).toEqual([...n]);
    rows.forEach((value, i) => {
      const [row, k] = [Math.floor(i / width), i % width];
      const bit = (bits: Uint32Array): number => (bits[row * Math.ceil(width / 32) + (k >> 5)]! >>> (k & 31)) & 1;
      const [doubt, isZero] = [doubts[row]!, value === 0];
      expect([bit(p), bit(n)]).toEqual(
        doubt === 0 && isZero ? [0, 0] : [value > 0 || Math.abs(value) <= doubt ? 1 : 0, value < 0 || Math.abs(value) <= doubt ? 1 : 0],
      );
    });
  });

  it("where the memory is full", async () => {
    const kernels = await wasm();
    const width = 2 ** 12;
    const source = random(5);
    const held = Array.from({ length: 5 }, () => kernels.take(2 ** 22));
    expect(new Set(held.map(({ buffer }) => buffer)).size).toBeGreaterThan(1);
    const b = values(source, width * width);
    const a = values(source, 3 * width);
    const rows = new Float64Array(3 * width);
    kernels.addProduct(rows, Int32Array.of(2, 0, 1), a, b, width, width);
    const product = plainCompute.matmul(a, b, { m: 3, k: width, n: width, transposeB: true });
    expect(rows.subarray(2 * width)).toEqual(product.subarray(0, width));
    for (const array of held) kernels.give(array);
    expect(kernels.take(2 ** 20).buffer).not.toBe(rows.buffer);
  });
});

describe("where the platform has no memory for rows", () => {
  afterEach(() => vi.unstubAllGlobals());

  it("plain kernels do all", async () => {
    const compute = wasmComputeSync();
    const { Memory } = WebAssembly;
    const spare = class extends Memory {
      constructor(descriptor: WebAssembly.MemoryDescriptor) {
        if (descriptor.initial > 1024) throw new RangeError("WebAssembly.Memory(): could not allocate memory");
        super(descriptor);
      }
    };
    vi.stubGlobal("WebAssembly", Object.assign(Object.create(WebAssembly), { Memory: spare }));
    const kernels = await compute.rowKernels!();
    const rows = Float64Array.of(-1, 2, 3, -4);
    kernels.bend(rows, 2, { slope: 0.5, offset: 0, bend: 0.5, kink: 0 }, new Float64Array(2));
    expect([...rows]).toEqual([0, 2, 3, 0]);
    expect(kernels.cutFaces).toBeUndefined();
  });
});

function randomBlends({ integer, uniform, normal }: Random, width: number): Blends {
  const count = 20;
  const columns = Array.from({ length: 12 }, (_, j) => {
    if (j % 5 === 4) return null;
    const indices = Array.from({ length: width }, (_, k) => k).filter(() => j % 2 === 0 || uniform() < 0.5);
    const values = Float64Array.from(indices, () => normal());
    return { indices: Int32Array.from(indices), values, largest: values.reduce((most, value) => Math.max(most, Math.abs(value)), 0) };
  });
  const [start, end] = [new Int32Array(count), new Int32Array(count)];
  let total = 0;
  for (let i = 0; i < count; i++) {
    start[i] = total;
    total += integer(6);
    end[i] = total;
  }
  return {
    count,
    at: Int32Array.from({ length: count }, (_, i) => 20 + i),
    // Rows may lie between ones that were written before.
    ends: Int32Array.from({ length: 2 * count }, (_, i) => integer(20 + (i >> 1))),
    parts: Float64Array.from({ length: count }, () => uniform()),
    start,
    end,
    units: Int32Array.from({ length: total }, () => integer(columns.length)),
    factors: Float64Array.from({ length: total }, () => (integer(5) === 0 ? 0 : normal())),
    uncertain: Float64Array.from({ length: total }, () => 1e-12 * uniform()),
    columns: { count: columns.length, matrix: matrixOf(columns, width), at: (unit) => columns[unit]! },
    sizes: Float64Array.from({ length: 40 }, () => 1 + uniform()),
    errors: Float64Array.from({ length: 40 }, () => 1e-12 * uniform()),
  };
}

function matrixOf(columns: readonly (Column | null)[], rows: number): Float64Array {
  const matrix = new Float64Array(rows * columns.length);
  columns.forEach((column, j) => {
    column?.indices.forEach((row, e) => {
      matrix[row * columns.length + j] = column.values[e]!;
    });
  });
  return matrix;
}
