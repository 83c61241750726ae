import type { ConvGeometry } from "@maso/core";
import { add, concat, fused, split, type Tensor2D, type Tensor4D } from "@tensorflow/tfjs-core";
import type { Constants } from "../constants";
import { disposeAll } from "./bias";
import { asImages, asRows } from "./images";
import { denseKernel, groupKernel } from "./kernel-arrays";

/** Cross-correlation on tensors, plus a bias per channel where there is one and it is asked for. */
export function convolveForward(
  kernel: Float64Array,
  geometry: ConvGeometry,
  bias: Float64Array | null,
  constants: Constants,
): (v: Tensor2D, withBias: boolean) => Tensor2D {
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
  let run: (x: Tensor4D, withBias: boolean) => Tensor4D;
  if (groups > 1 && perIn === 1) {
    const filter = constants.filter(dense.data, [height, width, input[2], perOut]) as Tensor4D;
    // Explicit padding is missing from its type alone.
    const padded = { ...settings, pad: settings.pad as never };
    run = (x, withBias) => fused.depthwiseConv2d({ x, filter, ...padded, ...(withBias && held && { bias: held }) });
  } else if (groups > 1) {
    const filters = Array.from(
      { length: groups },
      (_, g) => constants.filter(groupKernel(dense.data, output[2], g, perOut), [height, width, perIn, perOut]) as Tensor4D,
    );
    run = (x, withBias) => {
      const parts = split(x, groups, 3);
      const made = parts.map((part, g) => fused.conv2d({ x: part as Tensor4D, filter: filters[g]!, ...settings }));
      const joined = concat(made, 3);
      disposeAll(...parts, ...made);
      if (!withBias || !held) return joined;
      const result = add(joined, held) as Tensor4D;
      joined.dispose();
      return result;
    };
  } else {
    const filter = constants.filter(dense.data, [height, width, input[2], output[2]]) as Tensor4D;
    run = (x, withBias) => fused.conv2d({ x, filter, ...settings, ...(withBias && held && { bias: held }) }) as Tensor4D;
  }
  return (v, withBias) => {
    const x = asImages(v, input);
    const y = run(x, withBias);
    const result = asRows(y);
    disposeAll(x, y);
    return result;
  };
}
