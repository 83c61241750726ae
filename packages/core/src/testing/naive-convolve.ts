import type { ConvGeometry } from "../compute/compute";
import { sizeOf } from "../shape";

/** The oracle: a convolution by its definition. */
export function naiveConvolve(x: Float64Array, kernel: Float64Array, geometry: ConvGeometry): Float64Array {
  const result = new Float64Array((x.length / sizeOf(geometry.input)) * sizeOf(geometry.output));
  eachTerm(geometry, x.length / sizeOf(geometry.input), (input, weight, output) => {
    result[output] += x[input] * kernel[weight];
  });
  return result;
}

/** The oracle of its adjoint: the same terms, read the other way. */
export function naiveConvolveAdjoint(u: Float64Array, kernel: Float64Array, geometry: ConvGeometry): Float64Array {
  const result = new Float64Array((u.length / sizeOf(geometry.output)) * sizeOf(geometry.input));
  eachTerm(geometry, u.length / sizeOf(geometry.output), (input, weight, output) => {
    result[input] += u[output] * kernel[weight];
  });
  return result;
}

/** The places of input, kernel and output of every product that a convolution sums. */
function eachTerm(geometry: ConvGeometry, rows: number, each: (input: number, weight: number, output: number) => void): void {
  const { strides, dilations, padding, groups } = geometry;
  const [height, width, channels] = geometry.input;
  const [outHeight, outWidth, outputs] = geometry.output;
  const [perIn, perOut] = [channels / groups, outputs / groups];
  for (let row = 0; row < rows; row++)
    for (let oy = 0; oy < outHeight; oy++)
      for (let ox = 0; ox < outWidth; ox++)
        for (let d = 0; d < outputs; d++)
          for (let ky = 0; ky < geometry.kernel[0]; ky++)
            for (let kx = 0; kx < geometry.kernel[1]; kx++)
              for (let c = 0; c < perIn; c++) {
                const y = oy * strides[0] + ky * dilations[0] - padding[0][0];
                const x = ox * strides[1] + kx * dilations[1] - padding[1][0];
                if (y < 0 || y >= height || x < 0 || x >= width) continue;
                const input = ((row * height + y) * width + x) * channels + Math.floor(d / perOut) * perIn + c;
                each(
                  input,
                  ((ky * geometry.kernel[1] + kx) * perIn + c) * outputs + d,
                  ((row * outHeight + oy) * outWidth + ox) * outputs + d,
                );
              }
}
