import { rowsOf, sizeOf } from "../shape";
import { addProduct } from "./add-product";
import { checkGeometry } from "./check-geometry";
import type { ConvGeometry } from "./compute";
import { depthwise, isDepthwise } from "./depthwise";
import { isPointwise } from "./is-pointwise";
import { matmul } from "./matmul";
import { panels } from "./panels";
import { patches } from "./patches";

/**
 * Patches of the image times the kernel, group by group: im2col whose columns are read in place ("The Indirect Convolution
 * Algorithm", arXiv 1907.02129), so that nothing but the padding is copied. A pointwise convolution is a plain product.
 */
export function convolve(x: Float64Array, kernel: Float64Array, geometry: ConvGeometry): Float64Array {
  checkGeometry("convolve", kernel, geometry);
  const rows = rowsOf("convolve", x, sizeOf(geometry.input));
  const pixels = geometry.output[0] * geometry.output[1];
  if (isPointwise(geometry)) return matmul(x, kernel, { m: rows * pixels, k: geometry.input[2], n: geometry.output[2] });
  if (isDepthwise(geometry)) return depthwise(x, kernel, geometry, "forward");
  const { batch, frame, frameBases, pixelBases, offsets, runs, length } = patches(geometry);
  const out = new Float64Array(rows * sizeOf(geometry.output));
  const [inputs, outputs] = [geometry.input[2] / geometry.groups, geometry.output[2] / geometry.groups];
  const columns = Int32Array.from({ length: outputs }, (_, d) => d);
  const groups = Array.from({ length: geometry.groups }, (_, g) =>
    panels({ values: kernel, start: g * outputs, rows: offsets.length, columns: outputs, rowStride: geometry.output[2], columnStride: 1 }),
  );
  for (let from = 0; from < rows; from += batch) {
    const count = Math.min(batch, rows - from);
    const image = frame.read(x, from, count);
    const block = out.subarray(from * sizeOf(geometry.output));
    const bases = frameBases.subarray(0, count * pixels);
    groups.forEach((weights, g) => {
      addProduct(
        { values: block.subarray(g * outputs), bases: pixelBases, columns },
        { values: image.subarray(g * inputs), bases, runs, length },
        weights,
      );
    });
  }
  return out;
}
