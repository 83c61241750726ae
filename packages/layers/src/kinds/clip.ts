import { elementwise, MasoError, type Shape, sizeOf, type TableNumbers } from "@maso/core";
import { check, optional, pipe, strictObject, union } from "valibot";
import { type Chain, definePlugin } from "../define-plugin";
import { boundLike } from "../params/constant-like";
import { type Bound, type Bounds, nestedClip } from "../params/nested-clip";
import { numbersExpected, real, vector } from "../params/numbers";
import { constantAt } from "../params/tfjs-operands";
import type { TfjsNode } from "../tfjs-node";

const relu6 = { min: 0, max: 6 };
const hardSigmoid = { min: 0, max: 1, slope: 0.2, offset: 0.5 };
const hardTanh = { min: -1, max: 1 };

/** One number, one per channel, or one per value. */
const bound = optional(union([real, vector], numbersExpected));

/** min(max(u, min), max) with u = slope·x + offset, either bound absent: ReLU6, hard tanh, hard sigmoid, max(x, c). */
export const clip = definePlugin({
  kind: "clip",
  params: pipe(
    strictObject({ min: bound, max: bound, slope: optional(real, 1), offset: optional(real, 0) }),
    check(({ min, max }) => min !== undefined || max !== undefined, "expected min or max or both, got neither"),
  ),
  build: (params, [shape]) => elementwise(shape!, clipTables(params, shape!)),
  tfjs: {
    activations: {
      relu6: () => relu6,
      hardSigmoid: () => hardSigmoid,
      hard_sigmoid: () => hardSigmoid,
      hardTanh: () => hardTanh,
      hard_tanh: () => hardTanh,
    },
    ops: { Relu6: { anyLayout: () => relu6 }, ClipByValue: { anyLayout: boundsByValue } },
    patterns: {
      Relu: { anyLayout: ({ inputs }) => nestedClip(inputs[0]!, { min: 0 }) },
      Relu6: { anyLayout: ({ inputs }) => nestedClip(inputs[0]!, relu6) },
      ClipByValue: { anyLayout: (node) => nestedClip(node.inputs[0]!, boundsByValue(node)) },
      Maximum: { anyLayout: (node) => boundedAgain(node, "min") },
      Minimum: { anyLayout: (node) => boundedAgain(node, "max") },
    },
  },
});

interface ClipParams extends Bounds {
  readonly slope: number;
  readonly offset: number;
}

/**
 * Pieces min, u, max with selectors min − u, 0, u − max: those of a maximum of affine pieces (0, u − min, 2u − min − max) less u − min,
 * which changes no choice and no soft weight and does not lose u where a bound is far away. With one bound a maximum or a minimum of two.
 */
function clipTables({ min, max, slope, offset }: ClipParams, shape: Shape): Parameters<typeof elementwise>[1] {
  const low = min === undefined ? null : valuesOf(min, shape, "min");
  const high = max === undefined ? null : valuesOf(max, shape, "max");
  const rows = Math.max(low?.length ?? 1, high?.length ?? 1);
  const at = (values: Float64Array, t: number): number => values[t % values.length]!;
  const table = (slopes: readonly number[], offsets: (t: number) => readonly number[]): TableNumbers => {
    const each = Array.from({ length: rows }, (_, t) => t);
    return { rows, slopes: each.flatMap(() => slopes), offsets: each.flatMap(offsets) };
  };
  if (low === null) return { ...table([slope, 0], (t) => [offset, at(high!, t)]), selectors: "-pieces" };
  if (high === null) return { ...table([0, slope], (t) => [at(low, t), offset]), selectors: "pieces" };
  for (let t = 0; t < rows; t++)
    if (at(low, t) > at(high, t))
      throw new MasoError("params", `min needs to be at most max, got ${at(low, t)} and ${at(high, t)}`, { at: "min" });
  return {
    ...table([0, slope, 0], (t) => [at(low, t), offset, at(high, t)]),
    selectors: table([-slope, 0, slope], (t) => [at(low, t) - offset, 0, offset - at(high, t)]),
  };
}

function valuesOf(bound: Bound, shape: Shape, name: string): Float64Array {
  const values = typeof bound === "number" ? Float64Array.of(bound) : bound;
  const channels = shape.at(-1) ?? 1;
  if ([1, channels, sizeOf(shape)].includes(values.length)) return values;
  throw new MasoError("shape", `expected 1, ${channels} or ${sizeOf(shape)} values, got ${values.length}`, { at: name });
}

/** Both bounds of a ClipByValue, one number each. */
function boundsByValue(node: TfjsNode): { readonly min: number; readonly max: number } {
  const at = (i: number, role: string): number => {
    const { data } = constantAt(node, i, role);
    if (data.length === 1) return data[0]!;
    throw new MasoError("refused", `its ${role} has ${data.length} values, of which TensorFlow.js takes the first only`);
  };
  return { min: at(1, "lower bound"), max: at(2, "upper bound") };
}

/** A maximum or minimum with a constant, of values that are clipped already. */
function boundedAgain(node: TfjsNode, side: "min" | "max"): Chain | undefined {
  const i = node.inputs.findIndex(({ constant }) => constant !== null);
  const values = node.inputs[1 - i];
  return i < 0 || !values?.madeBy ? undefined : nestedClip(values, { [side]: boundLike(values, node, i, "bound") });
}
