import { formatShape, MasoError, type Shape, sameShape, sizeOf } from "@maso/core";
import { type Chain, type Refusal, refuse, type Step, shaped } from "../define-plugin";
import type { TfjsNode } from "../tfjs-node";
import type { Fused } from "./fused-activation";
import type { Tensor } from "./tensor";
import { broadcastShape, broadcastValues, constantAt, unbatched } from "./tfjs-operands";

/**
 * A node's product A·B of matrices in the last two axes, one of them a constant: a dense layer along the last axis, where the constant stands on
 * the left with rows and columns exchanged before and after; a grouped convolution where each of several matrices has a constant of its own.
 */
export function matrixProduct(
  node: TfjsNode,
  transposeA: boolean,
  transposeB: boolean,
  fused: Fused = { bias: null, steps: [] },
): Chain | Refusal {
  const onLeft = node.inputs[0]?.constant != null;
  const data = node.inputs[onLeft ? 1 : 0]?.shape ?? [];
  if (!onLeft && node.inputs[1]?.constant === null)
    return refuse("it multiplies two values that depend on the input, which is no affine spline");
  const constant = constantAt(node, onLeft ? 0 : 1, "matrix");
  if (data.length < 2 || constant.shape.length < 2)
    throw new MasoError(
      "shape",
      `it multiplies ${formatShape(data)} and ${formatShape(constant.shape)}; expected matrices, of 2 axes or more`,
    );
  const product: Product = {
    batch: data.slice(0, -2),
    matrix: data.slice(-2),
    turned: onLeft ? !transposeB : transposeA,
    onLeft,
    weights: weightsOf(constant, onLeft ? transposeA : !transposeB),
  };
  const [rows, depth] = product.turned ? [data.at(-1)!, data.at(-2)!] : [data.at(-2)!, data.at(-1)!];
  const [groups, out, into] = product.weights.shape as readonly [number, number, number];
  if (into !== depth)
    throw new MasoError("shape", `it multiplies ${formatShape(data)} and ${formatShape(constant.shape)}, which do not fit`);
  const batch = broadcastShape(product.batch, constant.shape.slice(0, -2));
  const whole = [...batch, ...(onLeft ? [out, rows] : [rows, out])];
  if (groups > 1 && !sameShape(batch, product.batch))
    return refuse(`it repeats ${formatShape(data)} over ${groups} constant matrices, which is not supported`);
  if (groups > 1 && sizeOf(product.batch) !== groups)
    return refuse(`its constant matrices ${formatShape(constant.shape)} repeat over ${formatShape(data)}, which is not supported`);
  const { bias } = fused;
  const simple = groups === 1 && !product.turned && !onLeft;
  const own =
    bias !== null && simple && (bias.data.length === 1 || (bias.data.length === out && bias.shape.at(-1) === out)) ? bias.data : null;
  const steps = groups === 1 ? denseSteps(product, own ?? undefined) : groupedSteps(product, rows);
  const shift = bias === null || own !== null ? [] : biasSteps(bias, whole);
  return shaped(whole, ...steps, ...shift, ...fused.steps);
}

interface Product {
  readonly batch: Shape;
  /** The last two axes of the data. */
  readonly matrix: Shape;
  /** Whether rows and columns of the data are to be exchanged so that it stands on the left. */
  readonly turned: boolean;
  /** Whether the constant stands on the left: then the result's rows and columns are to be exchanged. */
  readonly onLeft: boolean;
  /** [matrices, out, in]. */
  readonly weights: Tensor;
}

/** Constants as [matrices, out, in]; given as [..., in, out] where turned. */
function weightsOf({ shape, data }: Tensor, turned: boolean): Tensor {
  const [rows, columns] = shape.slice(-2) as [number, number];
  const groups = sizeOf(shape.slice(0, -2));
  if (!turned) return { shape: [groups, rows, columns], data };
  const result = new Float64Array(data.length);
  for (let g = 0; g < groups; g++)
    for (let i = 0; i < rows; i++)
      for (let j = 0; j < columns; j++) result[(g * columns + j) * rows + i] = data[(g * rows + i) * columns + j]!;
  return { shape: [groups, columns, rows], data: result };
}

function denseSteps({ batch, matrix, turned, onLeft, weights }: Product, bias?: Float64Array): Step[] {
  const dense: Step = {
    kind: "dense",
    params: { weight: { shape: weights.shape.slice(1), data: weights.data }, ...(bias ? { bias } : {}) },
  };
  if (!turned && !onLeft) return [dense];
  const count = sizeOf(batch);
  const exchange: Step = { kind: "permute", params: { axes: [0, 2, 1] } };
  return [reshape([count, ...matrix]), ...(turned ? [exchange] : []), dense, ...(onLeft ? [exchange] : [])];
}

/** Each matrix's values side by side as channels of an image [rows, 1, matrices · in], convolved with a 1 × 1 kernel in groups. */
function groupedSteps({ matrix, turned, onLeft, weights }: Product, rows: number): Step[] {
  const [groups, out, into] = weights.shape as readonly [number, number, number];
  const kernel = new Float64Array(weights.data.length);
  for (let g = 0; g < groups; g++)
    for (let n = 0; n < out; n++)
      for (let k = 0; k < into; k++) kernel[k * groups * out + g * out + n] = weights.data[(g * out + n) * into + k]!;
  return [
    reshape([groups, ...matrix]),
    { kind: "permute", params: { axes: turned ? [2, 0, 1] : [1, 0, 2] } },
    reshape([rows, 1, groups * into]),
    { kind: "conv2d", params: { kernel: { shape: [1, 1, into, groups * out], data: kernel }, groups } },
    reshape([rows, groups, out]),
    { kind: "permute", params: { axes: onLeft ? [1, 2, 0] : [1, 0, 2] } },
  ];
}

/** A bias that stands along other axes than the dense layer's. */
function biasSteps(bias: Tensor, whole: Shape): Step[] {
  if (!sameShape(broadcastShape(whole, bias.shape), whole))
    throw new MasoError("shape", `its bias of shape ${formatShape(bias.shape)} does not fit its result ${formatShape(whole)}`);
  return [reshape(unbatched(whole)), { kind: "scale-shift", params: { shift: broadcastValues(bias, whole) } }];
}

function reshape(shape: Shape): Step {
  return { kind: "reshape", params: { shape: [...shape] } };
}
