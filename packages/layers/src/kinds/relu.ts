import { elementwise, type TableNumbers } from "@maso/core";
import { check, forward, optional, pipe, strictObject, transform } from "valibot";
import { chain, definePlugin, refuse } from "../define-plugin";
import { real } from "../params/numbers";

const number = optional(real);
const BOTH = "expected one of the snake_case and camelCase names, got both";

/**
 * Keras' ReLU: max_value where x ≥ max_value, x where threshold ≤ x < max_value, else negative_slope · (x − threshold).
 * Without parameters max(0, x). It jumps where the threshold is not 0.
 */
export const relu = definePlugin({
  kind: "relu",
  params: pipe(
    strictObject({ maxValue: number, negativeSlope: number, threshold: number, max_value: number, negative_slope: number }),
    forward(
      check(({ maxValue, max_value }) => maxValue === undefined || max_value === undefined, BOTH),
      ["max_value"],
    ),
    forward(
      check(({ negativeSlope, negative_slope }) => negativeSlope === undefined || negative_slope === undefined, BOTH),
      ["negative_slope"],
    ),
    transform(({ max_value, negative_slope, maxValue = max_value, negativeSlope = negative_slope, threshold }) => ({
      ...(maxValue === undefined ? {} : { maxValue }),
      ...(negativeSlope === undefined ? {} : { negativeSlope }),
      ...(threshold === undefined ? {} : { threshold }),
    })),
  ),
  build: (params, [shape]) => elementwise(shape!, reluTables(params)),
  tfjs: {
    activations: { relu: () => ({}) },
    layers: {
      ReLU: ({ config }) => {
        const ignored = ["negative_slope", "threshold"].find((key) => Number(config[key] ?? 0) !== 0);
        if (ignored) return refuse(`TensorFlow.js ignores ${ignored} ${config[ignored]}; only ReLU with a max_value is what it computes`);
        return typeof config.max_value === "number" ? chain({ kind: "clip", params: { min: 0, max: config.max_value } }) : {};
      },
    },
    ops: { Relu: { anyLayout: () => ({}) } },
  },
});

interface ReluParams {
  readonly maxValue?: number;
  readonly negativeSlope?: number;
  readonly threshold?: number;
}

/** Slope and offset of an affine function of x. */
type Line = readonly [slope: number, offset: number];

/**
 * Branches from the lowest x to the highest; from the highest to the lowest where the unit may jump, since a boundary belongs to the branch
 * above it. The selectors of neighbours differ by x minus their boundary, whose sign survives rounding.
 */
function reluTables({ maxValue = Infinity, negativeSlope = 0, threshold = 0 }: ReluParams): Parameters<typeof elementwise>[1] {
  const below: Line = [negativeSlope, 0 - negativeSlope * threshold];
  const between: Line = [1, 0];
  const above: Line = [0, maxValue];
  if (maxValue === Infinity && threshold === 0) return { ...table([below, between]), selectors: negativeSlope > 1 ? "-pieces" : "pieces" };
  const zero: Line = [0, 0];
  const past: Line = [1, 0 - maxValue];
  const before: Line = [-1, threshold];
  if (maxValue <= threshold) return { ...table([above, below]), selectors: table([past, zero]) };
  if (maxValue === Infinity) return { ...table([between, below]), selectors: table([zero, before]) };
  return threshold === 0
    ? { ...table([below, between, above]), selectors: table([before, zero, past]) }
    : { ...table([above, between, below]), selectors: table([past, zero, before]) };
}

function table(lines: readonly Line[]): TableNumbers {
  return { slopes: lines.map(([slope]) => slope), offsets: lines.map(([, offset]) => offset) };
}
