import { isExactProduct, isExactSum } from "./is-exact";
import { reals, wholes } from "./numbers-list";
import { hashOf, hashOfTerms, mixed } from "./term-hashes";

/** The class of the constant 0. */
export const ZERO = 0;

/** How a function is made of others. */
const AFFINE = 0;
const LARGEST = 1;
const SMALLEST = 2;
const SELECTED = 3;
const OPAQUE = 4;

const IS_AFFINE = 1;
const IS_CONSTANT = 2;

/** More terms than this are not kept, 12 bytes each: what is made of them is told apart from everything else. */
const MOST_TERMS = 2 ** 21;
/** And so many more after `keep`. */
const MOST_TERMS_MORE = 2 ** 20;

/**
 * Numbers for functions, by how they are made of others: two functions of one number are equal, exactly and everywhere. (Two equal ones
 * may have two numbers: 2x + 2y and 2(x + y), say.) No weight is ever rounded.
 */
export class FunctionClasses {
  private readonly kinds = wholes();
  private readonly offsets = reals();
  /** Where the terms of each class end. */
  private readonly ends = wholes();
  private readonly terms = wholes();
  private readonly weights = reals();
  private readonly flags = wholes();
  private readonly hashes = wholes();
  private readonly next = wholes();
  private buckets = new Int32Array(2 ** 12).fill(-1);

  private most = MOST_TERMS;
  /** How many classes are never forgotten. */
  private kept = 1;

  /** The sum at hand: its classes, each with its weight, and weights whose sum with those before is not exact. */
  private mark = 0;
  private marks = new Int32Array(2 ** 12);
  private sums = new Float64Array(2 ** 12);
  private members = new Int32Array(2 ** 8);
  private factors = new Float64Array(2 ** 8);
  private readonly extras: number[] = [];
  private count = 0;
  private isSorted = true;

  constructor() {
    this.constant(0);
  }

  get size(): number {
    return this.kinds.length;
  }

  /** A function that nothing is known of. */
  opaque(isAffine: boolean): number {
    return this.append(OPAQUE, 0, 0, isAffine ? IS_AFFINE : 0, 0, -1);
  }

  constant(value: number): number {
    this.begin();
    return this.affine(value);
  }

  /** Whether the function is made of affine functions alone, by sums. */
  isAffine(c: number): boolean {
    return (this.flags.at(c) & IS_AFFINE) !== 0;
  }

  isConstant(c: number): boolean {
    return (this.flags.at(c) & IS_CONSTANT) !== 0;
  }

  /** The value of a constant; NaN where it is not known, or the class is none. */
  valueOf(c: number): number {
    return this.kinds.at(c) === AFFINE && this.ends.at(c) === this.startOf(c) ? this.offsets.at(c) : Number.NaN;
  }

  /** Begins a sum. */
  begin(): void {
    this.mark++;
    this.count = 0;
    this.extras.length = 0;
    this.isSorted = true;
  }

  /** Adds weight · function. */
  add(c: number, weight: number): void {
    if (c === ZERO || weight === 0) return;
    if (c >= this.marks.length) {
      this.marks = resized(this.marks, Math.max(2 * c, this.size));
      this.sums = resized(this.sums, this.marks.length);
    }
    if (this.marks[c] !== this.mark) {
      this.marks[c] = this.mark;
      this.sums[c] = weight;
      if (this.count > 0 && this.members[this.count - 1]! > c) this.isSorted = false;
      this.push(c, 0);
      return;
    }
    const sum = this.sums[c]! + weight;
    if (isExactSum(this.sums[c]!, weight, sum)) this.sums[c] = sum;
    else this.extras.push(c, weight);
  }

  /** The sum since `begin`, plus an offset. Constants are added to the offset as far as that is exact. */
  affine(offset: number): number {
    if (!this.isSorted) this.members.subarray(0, this.count).sort();
    const touched = this.count;
    this.count = 0;
    let constant = offset;
    for (let i = 0; i < touched; i++) {
      const c = this.members[i]!;
      const weight = this.sums[c]!;
      const value = this.valueOf(c);
      const product = weight * value;
      if (weight === 0) continue;
      if (isExactProduct(weight, value, product) && isExactSum(constant, product, constant + product)) constant += product;
      else this.push(c, weight);
    }
    for (let i = 0; i < this.extras.length; i += 2) this.push(this.extras[i]!, this.extras[i + 1]!);
    if (this.count === 1 && this.factors[0] === 1 && constant === 0) return this.members[0]!;
    return this.interned(AFFINE, constant);
  }

  /** Whether functions ascend, and none is known to be a constant: then `sumOf` may sum them. */
  areApart(functions: Int32Array): boolean {
    for (let i = 0; i < functions.length; i++)
      if (functions[i] === ZERO || (i > 0 && functions[i]! <= functions[i - 1]!) || !Number.isNaN(this.valueOf(functions[i]!)))
        return false;
    return true;
  }

  /** Σ weights · functions[indices] + offset for functions that are apart and indices that ascend: what begin, add and affine give. */
  sumOf(functions: Int32Array, indices: Int32Array, weights: Float64Array, offset: number): number {
    this.begin();
    if (indices.length > this.members.length) {
      this.members = resized(this.members, 2 * indices.length);
      this.factors = resized(this.factors, 2 * indices.length);
    }
    this.count = writeTerms(this.members, this.factors, functions, indices, weights);
    if (this.count === 1 && this.factors[0] === 1 && offset === 0) return this.members[0]!;
    return this.interned(AFFINE, offset);
  }

  /** The largest (smallest) of some functions at each point. */
  extreme(which: 1 | -1, functions: readonly number[]): number {
    const best = Math.max(...functions.map((c) => which * this.valueOf(c)).filter((value) => !Number.isNaN(value)));
    const kept = [...new Set(functions)].filter((c) => !(which * this.valueOf(c) < best)).sort((a, b) => a - b);
    return kept.length === 1 ? kept[0]! : this.listed(which > 0 ? LARGEST : SMALLEST, kept);
  }

  /** At each point that of some functions whose selector is the largest, the first of equal ones. */
  selected(selectors: readonly number[], functions: readonly number[]): number {
    const values = selectors.map((c) => this.valueOf(c));
    if (!values.some(Number.isNaN)) return functions[values.indexOf(Math.max(...values))]!;
    return functions.every((c) => c === functions[0]) ? functions[0]! : this.listed(SELECTED, [...selectors, ...functions]);
  }

  /** From here on classes are temporary. */
  keep(): void {
    this.kept = this.size;
    this.most = this.terms.length + MOST_TERMS_MORE;
  }

  /** Forgets temporary classes where there are so many that there is little place for more. */
  makePlace(): void {
    if (2 * (this.most - this.terms.length) > MOST_TERMS_MORE && this.size - this.kept < MOST_TERMS_MORE / 4) return;
    this.terms.length = this.ends.at(this.kept - 1);
    this.weights.length = this.terms.length;
    for (const list of [this.kinds, this.offsets, this.ends, this.flags, this.hashes, this.next]) list.length = this.kept;
    this.rehash(this.buckets.length);
  }

  private listed(kind: number, functions: readonly number[]): number {
    this.count = 0;
    for (const c of functions) this.push(c, 0);
    return this.interned(kind, 0);
  }

  private push(c: number, factor: number): void {
    if (this.count === this.members.length) {
      this.members = resized(this.members, 2 * this.count);
      this.factors = resized(this.factors, 2 * this.count);
    }
    this.members[this.count] = c;
    this.factors[this.count++] = factor;
  }

  /** The class of what is made of the members at hand: a known one, or a new one. */
  private interned(kind: number, offset: number): number {
    const hash = hashOfTerms(mixed(mixed(kind, this.count), hashOf(offset)), this.members, this.factors, this.count);
    let flags = commonFlags(this.flags.data, this.members, this.count);
    if (kind !== AFFINE) flags &= IS_CONSTANT;
    const bucket = hash & (this.buckets.length - 1);
    for (let c = this.buckets[bucket]!; c >= 0; c = this.next.at(c))
      if (this.hashes.at(c) === hash && this.isMade(c, kind, offset)) return c;
    if (this.terms.length + this.count > this.most) return this.append(OPAQUE, 0, 0, flags, 0, -1);
    const made = this.append(kind, offset, this.count, flags, hash, this.buckets[bucket]!);
    this.buckets[bucket] = made;
    if (this.size > this.buckets.length) this.rehash(2 * this.buckets.length);
    return made;
  }

  private isMade(c: number, kind: number, offset: number): boolean {
    const start = this.startOf(c);
    if (this.kinds.at(c) !== kind || this.offsets.at(c) !== offset || this.ends.at(c) - start !== this.count) return false;
    for (let i = 0; i < this.count; i++)
      if (this.terms.at(start + i) !== this.members[i] || this.weights.at(start + i) !== this.factors[i]) return false;
    return true;
  }

  private append(kind: number, offset: number, count: number, flags: number, hash: number, next: number): number {
    this.terms.append(this.members.subarray(0, count));
    this.weights.append(this.factors.subarray(0, count));
    this.offsets.push(offset);
    this.ends.push(this.terms.length);
    this.flags.push(flags);
    this.hashes.push(hash);
    this.next.push(next);
    this.kinds.push(kind);
    return this.size - 1;
  }

  private startOf(c: number): number {
    return c === 0 ? 0 : this.ends.at(c - 1);
  }

  private rehash(buckets: number): void {
    this.buckets = new Int32Array(buckets).fill(-1);
    for (let c = 0; c < this.size; c++) {
      if (this.kinds.at(c) === OPAQUE) continue;
      const bucket = this.hashes.at(c) & (buckets - 1);
      this.next.set(c, this.buckets[bucket]!);
      this.buckets[bucket] = c;
    }
  }
}

/** Writes the terms whose weight is not 0; gives how many there are. */
function writeTerms(members: Int32Array, factors: Float64Array, functions: Int32Array, indices: Int32Array, weights: Float64Array): number {
  let count = 0;
  for (let e = 0; e < indices.length; e++) {
    if (weights[e] === 0) continue;
    members[count] = functions[indices[e]!]!;
    factors[count++] = weights[e]!;
  }
  return count;
}

function commonFlags(flags: Int32Array, members: Int32Array, count: number): number {
  let common = IS_AFFINE | IS_CONSTANT;
  for (let i = 0; i < count; i++) common &= flags[members[i]!]!;
  return common;
}

function resized<T extends Int32Array | Float64Array>(array: T, length: number): T {
  const larger = new (array.constructor as new (length: number) => T)(length);
  larger.set(array as never);
  return larger;
}
