import { sizeOf } from "@maso/core";
import { BLOCK_ROWS, type ConvGeometry, type Direction, patches } from "@maso/core/compute";
import type { Engine } from "./engine";
import { halved } from "./workspace";

/**
 * Patches of framed images times the kernel, group by group, or pixels times the transposed kernel, added to the patches that they
 * came from. Null where an image and the kernel do not fit.
 */
export function multiplyPatches(
  engine: Engine,
  from: Float64Array,
  kernel: Float64Array,
  geometry: ConvGeometry,
  direction: Direction,
): Float64Array | null {
  const laidOut = layOut(engine, kernel, geometry, direction === "forward");
  if (laidOut === null) return null;
  const { images, pixels, batch, frame, multiply } = laidOut;
  const [imageSize, pixelSize] = [sizeOf(geometry.input), sizeOf(geometry.output)];
  const rows = from.length / (direction === "forward" ? imageSize : pixelSize);
  const result = new Float64Array(rows * (direction === "forward" ? pixelSize : imageSize));
  for (let row = 0; row < rows; row += batch) {
    const count = Math.min(batch, rows - row);
    if (direction === "forward") {
      frame.enter(from, row, count, images);
      pixels.fill(0);
      multiply(count);
      result.set(pixels.subarray(0, count * pixelSize), row * pixelSize);
    } else {
      images.fill(0);
      pixels.set(from.subarray(row * pixelSize, (row + count) * pixelSize));
      multiply(count);
      frame.leave(images, row, count, result);
    }
  }
  return result;
}

/** Places in memory for a batch, tables of where pixels read, and each group's kernel in panels. `multiply` adds all groups' products. */
function layOut({ kernels, workspace }: Engine, kernel: Float64Array, geometry: ConvGeometry, forward: boolean) {
  const { batch, frame, frameBases, pixelBases, offsets, runs, length } = patches(geometry);
  const { groups } = geometry;
  const [inputs, outputs] = [geometry.input[2] / groups, geometry.output[2] / groups];
  const [rows, columns] = forward ? [offsets.length, outputs] : [outputs, offsets.length];
  const [rowStride, columnStride] = forward ? [geometry.output[2], 1] : [1, geometry.output[2]];
  const panelValues = rows * Math.ceil(columns / 4) * 4;
  const imageValues = batch * frame.size;
  const places = workspace.place({
    panels: groups * panelValues,
    // The kernel lies here until it is packed.
    images: Math.max(imageValues, kernel.length),
    pixels: batch * sizeOf(geometry.output),
    sums: 4 * BLOCK_ROWS,
    frameBases: halved(frameBases.length),
    pixelBases: halved(pixelBases.length),
    columns: halved(columns),
    runs: halved(runs.length),
  });
  if (places === null) return null;

  const ofGroup = (g: number) => ({
    image: places.images + g * inputs * 8,
    pixel: places.pixels + g * outputs * 8,
    panels: places.panels + g * panelValues * 8,
  });
  workspace.put(kernel, places.images);
  for (let g = 0; g < groups; g++)
    kernels.packPanels(ofGroup(g).panels, rows, places.images + g * outputs * 8, rows, columns, rowStride, columnStride);
  workspace.put(frameBases, places.frameBases);
  workspace.put(pixelBases, places.pixelBases);
  workspace.put(forward ? Int32Array.from({ length: outputs }, (_, d) => d) : offsets, places.columns);
  workspace.put(forward ? runs : Int32Array.of(0), places.runs);

  const multiply = (count: number): void => {
    const pixelCount = count * geometry.output[0] * geometry.output[1];
    for (let g = 0; g < groups; g++) {
      const { image, pixel, panels } = ofGroup(g);
      const out = forward ? ([pixel, places.pixelBases] as const) : ([image, places.frameBases] as const);
      const a = forward ? ([image, places.frameBases] as const) : ([pixel, places.pixelBases] as const);
      const [runCount, runLength] = forward ? [runs.length, length] : [1, outputs];
      kernels.addProduct(
        ...out,
        places.columns,
        ...a,
        places.runs,
        runCount,
        runLength,
        panels,
        pixelCount,
        columns,
        BLOCK_ROWS,
        places.sums,
      );
    }
  };
  return {
    batch,
    frame,
    images: workspace.at(places.images, imageValues).fill(0),
    pixels: workspace.at(places.pixels, batch * sizeOf(geometry.output)),
    multiply,
  };
}
