import { type Shape, sameShape, sizeOf } from "@maso/core";
import type { MadeBy, TfjsNode, TfjsValue } from "../tfjs-node";
import { slopesOf } from "./slopes";
import { isTensor, type Tensor } from "./tensor";
import { unbatched } from "./tfjs-operands";
import { zip } from "./zip";

/** Functions of one value each, x ↦ negative·x for x < 0, positive·x for x > 0; unit k has value k % length of either. */
export interface KinkedLine {
  readonly negative: Float64Array;
  readonly positive: Float64Array;
}

/**
 * The sum, difference, maximum or minimum that a node forms, where its inputs are kinked lines of one value: that value (the nearest that all
 * of them come from) and the line; null where they are not, or where no unit of the result bends. Exact up to the rounding of slopes.
 */
export function kinkedLine(node: TfjsNode, join: keyof typeof joins): { readonly root: TfjsValue; readonly line: KinkedLine } | null {
  if (node.inputs.length < 2 || node.inputs.some(({ constant, shape }) => constant || !sameShape(shape, node.inputs[0]!.shape)))
    return null;
  for (const root of commonRoots(node.inputs)) {
    const parts = linesFrom(node.inputs, root);
    if (parts === null) continue;
    const line = joins[join](parts);
    const bends = zip(line.negative, line.positive, (a, b) => (a === b ? 0 : 1)).includes(1);
    return bends ? { root, line } : null;
  }
  return null;
}

/** Slopes that repeat over the last axes, as a tensor that broadcasts to the value's shape. */
export function slopeTensor(slopes: Float64Array, value: TfjsValue): Tensor {
  const shape = unbatched(value.shape);
  const ranks = shape.map((_, axis) => shape.length - axis).reverse();
  const rank = slopes.length === 1 ? undefined : ranks.find((rank) => sizeOf(shape.slice(-rank)) === slopes.length);
  return { shape: rank === undefined ? [1] : shape.slice(-rank), data: slopes };
}

const line = (negative: number, positive: number): KinkedLine => ({
  negative: Float64Array.of(negative),
  positive: Float64Array.of(positive),
});

type Params = Readonly<Record<string, unknown>>;

/** Operators that bend nothing but at 0, by kind; null where the parameters say otherwise. */
const bends: Readonly<Record<string, (params: Params, shape: Shape) => KinkedLine | null>> = {
  identity: () => line(1, 1),
  abs: () => line(-1, 1),
  relu: ({ maxValue, negativeSlope = 0, threshold = 0 }) =>
    maxValue === undefined && threshold === 0 && typeof negativeSlope === "number" ? line(negativeSlope, 1) : null,
  "leaky-relu": ({ alpha }) => (typeof alpha === "number" ? line(alpha, 1) : null),
  prelu: ({ alpha, slope }, shape) =>
    isTensor(alpha) && (slope === undefined || isTensor(slope))
      ? { negative: slopesOf("alpha", alpha, shape), positive: slope ? slopesOf("slope", slope, shape) : Float64Array.of(1) }
      : null,
  "scale-shift": ({ scale = Float64Array.of(1), shift }) =>
    scale instanceof Float64Array && (shift === undefined || isZero(shift)) ? { negative: scale, positive: scale } : null,
  clip: ({ min, max, slope, offset }) => {
    if (typeof slope !== "number" || offset !== 0 || !isZero(min ?? max) || (min !== undefined && max !== undefined)) return null;
    const [low, high] = [Math.min(0, slope), Math.max(0, slope)];
    return min === undefined ? line(high, low) : line(low, high);
  },
};

/** What several lines of one value make together. */
const joins = {
  add: (parts: readonly KinkedLine[]) => joined(parts, sum, sum),
  subtract: (parts: readonly KinkedLine[]) => joined(parts, difference, difference),
  maximum: (parts: readonly KinkedLine[]) => joined(parts, Math.min, Math.max),
  minimum: (parts: readonly KinkedLine[]) => joined(parts, Math.max, Math.min),
} as const;
const sum = (a: number, b: number): number => a + b;
const difference = (a: number, b: number): number => a - b;

type Combine = (a: number, b: number) => number;

function joined(parts: readonly KinkedLine[], negative: Combine, positive: Combine): KinkedLine {
  return parts.reduce((a, b) => ({ negative: zip(a.negative, b.negative, negative), positive: zip(a.positive, b.positive, positive) }));
}

function isJoin(kind: string): kind is keyof typeof joins {
  return Object.hasOwn(joins, kind);
}

/** Values from which all of these come by bends and joins, the nearest first. */
function commonRoots(values: readonly TfjsValue[]): readonly TfjsValue[] {
  const [first, ...others] = values.map(cone);
  return [...first!.values()].filter(({ source }) => others.every((each) => each.has(source!))).sort((a, b) => b.source! - a.source!);
}

/** The value and all that it comes from by bends and joins, by source. */
function cone(value: TfjsValue): ReadonlyMap<number, TfjsValue> {
  const found = new Map<number, TfjsValue>();
  const open = [value];
  for (let each = open.pop(); each; each = open.pop()) {
    if (each.source === null || found.has(each.source)) continue;
    found.set(each.source, each);
    if (each.madeBy && sameShape(each.shape, value.shape) && (isJoin(each.madeBy.kind) || bendOf(each.madeBy, each.shape)))
      open.push(...each.madeBy.inputs);
  }
  return found;
}

function bendOf({ kind, params }: MadeBy, shape: Shape): KinkedLine | null {
  const given: Params = typeof params === "object" && params !== null ? Object.fromEntries(Object.entries(params)) : {};
  return Object.hasOwn(bends, kind) ? bends[kind]!(given, unbatched(shape)) : null;
}

/** Each value as a line of the root, or null where one comes from elsewhere too. */
function linesFrom(values: readonly TfjsValue[], root: TfjsValue): readonly KinkedLine[] | null {
  const known = new Map<number, KinkedLine | null>([[root.source!, line(1, 1)]]);
  const lineOf = (value: TfjsValue): KinkedLine | null => {
    if (value.source === null || !sameShape(value.shape, root.shape)) return null;
    const seen = known.get(value.source);
    if (seen !== undefined) return seen;
    const made = value.madeBy && madeLine(value.madeBy, value.shape);
    known.set(value.source, made);
    return made;
  };
  const madeLine = (made: MadeBy, shape: Shape): KinkedLine | null => {
    if (isJoin(made.kind)) {
      const parts = linesOf(made.inputs);
      return parts && joins[made.kind](parts);
    }
    const bend = bendOf(made, shape);
    const inner = bend && lineOf(made.inputs[0]!);
    return inner && composed(bend, inner);
  };
  const linesOf = (each: readonly TfjsValue[]): readonly KinkedLine[] | null => {
    const lines: KinkedLine[] = [];
    for (const value of each) {
      const found = lineOf(value);
      if (found === null) return null;
      lines.push(found);
    }
    return lines;
  };
  return linesOf(values);
}

/** outer ∘ inner: a falling inner line changes the sides. */
function composed(outer: KinkedLine, inner: KinkedLine): KinkedLine {
  const side = (slopes: Float64Array, rising: Float64Array, falling: Float64Array): Float64Array =>
    Float64Array.from({ length: Math.max(slopes.length, rising.length, falling.length) }, (_, k) => {
      const slope = slopes[k % slopes.length]!;
      const factors = slope >= 0 ? rising : falling;
      return slope * factors[k % factors.length]!;
    });
  return {
    negative: side(inner.negative, outer.negative, outer.positive),
    positive: side(inner.positive, outer.positive, outer.negative),
  };
}

function isZero(values: unknown): boolean {
  return values === 0 || (values instanceof Float64Array && values.every((value) => value === 0));
}
