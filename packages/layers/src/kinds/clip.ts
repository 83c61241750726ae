import { elementwise, MasoError, type Shape, sizeOf, type TableNumbers } from "@maso/core";
import { check, optional, pipe, strictObject, union } from "valibot";
import { definePlugin } from "../define-plugin";
import { real, vector } from "../params/numbers";

const hardSigmoid = { min: 0, max: 1, slope: 0.2, offset: 0.5 };
const hardTanh = { min: -1, max: 1 };

/** One number, one per channel, or one per value. */
const bound = optional(union([real, vector], "expected a number or an array of finite numbers"));

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
      relu6: () => ({ min: 0, max: 6 }),
      hardSigmoid: () => hardSigmoid,
      hard_sigmoid: () => hardSigmoid,
      hardTanh: () => hardTanh,
      hard_tanh: () => hardTanh,
    },
  },
});

type Bound = number | Float64Array;

interface ClipParams {
  readonly min?: Bound;
  readonly max?: Bound;
  readonly slope: number;
  readonly offset: number;
}

/** Pieces min, u, max with selectors 0, u − min, 2u − min − max. With one bound a maximum or a minimum of two pieces. */
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
    selectors: table([0, slope, 2 * slope], (t) => [0, offset - at(low, t), 2 * offset - at(low, t) - at(high, t)]),
  };
}

function valuesOf(bound: Bound, shape: Shape, name: string): Float64Array {
  const values = typeof bound === "number" ? Float64Array.of(bound) : bound;
  const channels = shape.at(-1) ?? 1;
  if ([1, channels, sizeOf(shape)].includes(values.length)) return values;
  throw new MasoError("shape", `expected 1, ${channels} or ${sizeOf(shape)} values, got ${values.length}`, { at: name });
}
