import { rowsOf, sizeOf } from "../shape";
import { addProduct } from "./add-product";
import { checkGeometry } from "./check-geometry";
import type { ConvGeometry } from "./compute";
import { depthwise, isDepthwise } from "./depthwise";
import { isPointwise } from "./is-pointwise";
import { matmul } from "./matmul";
import { panels } from "./panels";
import { patches } from "./patches";

/** Output pixels times the transposed kernel, group by group, each product added to the patch of the image that it came from. */
export function convolveAdjoint(u: Float64Array, kernel: Float64Array, geometry: ConvGeometry): Float64Array {
  checkGeometry("convolveAdjoint", kernel, geometry);
  const rows = rowsOf("convolveAdjoint", u, sizeOf(geometry.output));
  const pixels = geometry.output[0] * geometry.output[1];
  if (isPointwise(geometry)) return matmul(u, kernel, { m: rows * pixels, k: geometry.output[2], n: geometry.input[2], transposeB: true });
  if (isDepthwise(geometry)) return depthwise(u, kernel, geometry, "adjoint");
  const { batch, frame, frameBases, pixelBases, offsets } = patches(geometry);
  const result = new Float64Array(rows * sizeOf(geometry.input));
  const [inputs, outputs] = [geometry.input[2] / geometry.groups, geometry.output[2] / geometry.groups];
  const runs = Int32Array.of(0);
  const groups = Array.from({ length: geometry.groups }, (_, g) =>
    panels({ values: kernel, start: g * outputs, rows: outputs, columns: offsets.length, rowStride: 1, columnStride: geometry.output[2] }),
  );
  for (let from = 0; from < rows; from += batch) {
    const count = Math.min(batch, rows - from);
    const block = u.subarray(from * sizeOf(geometry.output));
    const bases = pixelBases.subarray(0, count * pixels);
    frame.add(result, from, count, (image) => {
      groups.forEach((weights, g) => {
        addProduct(
          { values: image.subarray(g * inputs), bases: frameBases, columns: offsets },
          { values: block.subarray(g * outputs), bases, runs, length: outputs },
          weights,
        );
      });
    });
  }
  return result;
}
