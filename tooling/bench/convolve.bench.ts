import { type ConvGeometry, plainCompute, random } from "@maso/core";
import { compareComputes, seconds } from "./compare-computes";

/** Limit: the adjoint of a convolution costs at most 1.15 times the convolution, so that templates of all outputs stay within outputs + 2. Wasm is nowhere slower. */
const { normal } = random(1);
report("64x64x32 -> 32, same", square(64, 32, 32, { pad: 1 }));
report("28x28x1 -> 8, valid", square(28, 1, 8, {}));
report("28x28x1 -> 8, same", square(28, 1, 8, { pad: 1 }));
report("13x13x8 -> 16, valid", square(13, 8, 16, {}));
report("64x64x3 -> 16, same", square(64, 3, 16, { pad: 1 }));
report("64x64x16 -> 32, same, stride 2", square(64, 16, 32, { pad: 1, stride: 2 }));
report("32x32x32 -> 64, 1x1", square(32, 32, 64, { kernel: 1 }));
report("32x32x64 in 8 groups", square(32, 64, 64, { pad: 1, groups: 8 }));
report("32x32x64, depthwise", square(32, 64, 64, { pad: 1, groups: 64 }));

function square(extent: number, inputs: number, outputs: number, { kernel = 3, pad = 0, stride = 1, groups = 1 }): ConvGeometry {
  const positions = Math.floor((extent + 2 * pad - kernel) / stride) + 1;
  return {
    input: [extent, extent, inputs],
    output: [positions, positions, outputs],
    kernel: [kernel, kernel],
    strides: [stride, stride],
    dilations: [1, 1],
    padding: [
      [pad, pad],
      [pad, pad],
    ],
    groups,
  };
}

/** One row forward against a row of ten in the adjoint, as templates have them: the median ratio of runs taken in turn; and both in wasm. */
function report(name: string, geometry: ConvGeometry): void {
  const { input, output, kernel, groups } = geometry;
  const values = (length: number): Float64Array => Float64Array.from({ length }, normal);
  const weights = values((kernel[0] * kernel[1] * input[2] * output[2]) / groups);
  const x = values(input[0] * input[1] * input[2]);
  const u = values(10 * output[0] * output[1] * output[2]);
  const operations = 2 * output[0] * output[1] * weights.length;
  const repeats = Math.max(1, Math.round(5e6 / operations));
  const ratios: number[] = [];
  for (let run = 0; run < 18; run++) {
    const forward = seconds(10 * repeats, () => plainCompute.convolve(x, weights, geometry));
    const adjoint = seconds(repeats, () => plainCompute.convolveAdjoint(u, weights, geometry)) / 10;
    if (run >= 3) ratios.push(adjoint / forward);
  }
  const ratio = ratios.sort((a, b) => a - b)[Math.floor(ratios.length / 2)];
  console.log(`${name}: adjoint / forward ${ratio.toFixed(2)}`);
  compareComputes("  forward", operations, ({ convolve }) => convolve(x, weights, geometry));
  compareComputes("  adjoint", 10 * operations, ({ convolveAdjoint }) => convolveAdjoint(u, weights, geometry));
}
