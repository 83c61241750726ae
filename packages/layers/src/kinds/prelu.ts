import { elementwise, type TableNumbers } from "@maso/core";
import { optional, strictObject } from "valibot";
import { type Chain, definePlugin, reading } from "../define-plugin";
import { constantLike } from "../params/constant-like";
import { kinkedLine, slopeTensor } from "../params/kinked-line";
import { slopes, slopesOf } from "../params/slopes";
import type { TfjsNode } from "../tfjs-node";

/**
 * slope·x for x > 0 (x where absent), else αx: numbers of any sign and size, their axes aligned with the input's last ones, an axis of 1
 * shared. Graphs spell it as sums, differences or maxima of lines that bend at 0: relu(x) + α min(x, 0), or halves of x and |x|.
 */
export const prelu = definePlugin({
  kind: "prelu",
  params: strictObject({ alpha: slopes, slope: optional(slopes) }),
  build: ({ alpha, slope }, [shape]) =>
    elementwise(shape!, preluTables(slopesOf("alpha", alpha, shape!), slope ? slopesOf("slope", slope, shape!) : ONE)),
  tfjs: {
    layers: { PReLU: ({ weights }) => ({ alpha: weights.alpha! }) },
    ops: { Prelu: { anyLayout: (node) => ({ alpha: constantLike(node.inputs[0]!, node, 1, "alpha") }) } },
    patterns: {
      Add: { anyLayout: (node) => splitPrelu(node, "add") },
      AddV2: { anyLayout: (node) => splitPrelu(node, "add") },
      AddN: { anyLayout: (node) => splitPrelu(node, "add") },
      Sub: { anyLayout: (node) => splitPrelu(node, "subtract") },
      Maximum: { anyLayout: (node) => splitPrelu(node, "maximum") },
      Minimum: { anyLayout: (node) => splitPrelu(node, "minimum") },
    },
  },
});

function splitPrelu(node: TfjsNode, join: Parameters<typeof kinkedLine>[1]): Chain | undefined {
  const found = kinkedLine(node, join);
  if (!found) return undefined;
  const { root, line } = found;
  const slope = line.positive.every((value) => value === 1) ? {} : { slope: slopeTensor(line.positive, root) };
  return reading([root], { kind: "prelu", params: { alpha: slopeTensor(line.negative, root), ...slope } });
}

const ONE = Float64Array.of(1);

/** Pieces αx, slope·x; a unit is their maximum where α ≤ slope, else their minimum. */
function preluTables(
  alphas: Float64Array,
  positive: Float64Array,
): TableNumbers & { readonly selectors: TableNumbers | "pieces" | "-pieces" } {
  const rows = Math.max(alphas.length, positive.length);
  const units = Array.from({ length: rows }, (_, t) => ({ alpha: alphas[t % alphas.length]!, slope: positive[t % positive.length]! }));
  const convex = units.map(({ alpha, slope }) => alpha <= slope);
  const table = (sign: (t: number) => number): TableNumbers => ({
    rows,
    slopes: units.flatMap(({ alpha, slope }, t) => [sign(t) * alpha, sign(t) * slope]),
  });
  const pieces = table(() => 1);
  if (convex.every(Boolean)) return { ...pieces, selectors: "pieces" };
  if (!convex.some(Boolean)) return { ...pieces, selectors: "-pieces" };
  return { ...pieces, selectors: table((t) => (convex[t] ? 1 : -1)) };
}
