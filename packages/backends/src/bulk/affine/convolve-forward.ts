import type { ConvGeometry } from "@maso/core";
import { add, concat, fused, split, type Tensor, type Tensor2D, type Tensor4D } from "@tensorflow/tfjs-core";
import type { Constants } from "../constants";
import type { Activation } from "../quantizer/activation-of";
import { settingsOf } from "./activation-settings";
import { disposeAll } from "./dispose-all";
import { asImages, asRows } from "./images";
import { denseKernel, groupKernel } from "./kernel-arrays";

export interface ForwardConvolution {
  apply(v: Tensor2D, withBias: boolean): Tensor2D;
  /** The same with its bias and an activation behind it, in one kernel; not of several groups. */
  activated?(v: Tensor2D, activation: Activation): Tensor2D;
}

/** Cross-correlation on tensors, plus a bias per channel where there is one and it is asked for. */
export function convolveForward(
  kernel: Float64Array,
  geometry: ConvGeometry,
  bias: Float64Array | null,
  constants: Constants,
): ForwardConvolution {
  const { input, output, groups, strides, padding } = geometry;
  const [perIn, perOut] = [input[2] / groups, output[2] / groups];
  const strided = strides.some((stride) => stride > 1);
  const dense = denseKernel(kernel, geometry, [strided, strided]);
  const [height, width] = dense.kernel;
  const held = bias && constants.floats(bias);
  const settings = {
    strides: [...strides] as [number, number],
    pad: [[0, 0], [...padding[0]], [...padding[1]], [0, 0]] as [[number, number], [number, number], [number, number], [number, number]],
    dilations: [...dense.dilations] as [number, number],
  };
  const withBias = held ? { bias: held } : {};
  /** With what stands at its end: a bias, an activation. */
  const on = (v: Tensor2D, run: (x: Tensor4D) => Tensor4D): Tensor2D => {
    const x = asImages(v, input);
    const y = run(x);
    const result = asRows(y);
    disposeAll(x, y);
    return result;
  };
  if (groups > 1 && perIn > 1) {
    const filters = Array.from(
      { length: groups },
      (_, g) => constants.filter(groupKernel(dense.data, output[2], g, perOut), [height, width, perIn, perOut]) as Tensor4D,
    );
    return {
      apply: (v, biased) =>
        on(v, (x) => {
          const parts = split(x, groups, 3);
          const made = parts.map((part, g) => fused.conv2d({ x: part as Tensor4D, filter: filters[g]!, ...settings }));
          const joined = concat(made, 3);
          disposeAll(...parts, ...made);
          if (!biased || !held) return joined;
          const result = add(joined, held) as Tensor4D;
          joined.dispose();
          return result;
        }),
    };
  }
  const filter = constants.filter(dense.data, [height, width, input[2], groups > 1 ? perOut : output[2]]) as Tensor4D;
  const run = (end: End) => (x: Tensor4D) =>
    groups > 1
      ? // Explicit padding is missing from its type alone.
        fused.depthwiseConv2d({ x, filter, ...settings, pad: settings.pad as never, ...end })
      : (fused.conv2d({ x, filter, ...settings, ...end }) as Tensor4D);
  return {
    apply: (v, biased) => on(v, run(biased ? withBias : {})),
    activated: (v, activation) => on(v, run({ ...withBias, ...settingsOf(activation) })),
  };
}

type End = { readonly bias?: Tensor } & Partial<ReturnType<typeof settingsOf>>;
