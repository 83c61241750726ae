import { MasoError } from "../maso-error";
import { formatShape } from "../shape";
import type { ConvGeometry } from "./compute";

/** Throws "shape" unless the output's extents, the groups and the kernel's length follow from the rest. */
export function checkGeometry(who: string, kernelValues: Float64Array, geometry: ConvGeometry): void {
  const { input, output, kernel, groups } = geometry;
  if (input[2] % groups !== 0 || output[2] % groups !== 0)
    throw new MasoError("shape", `${who}: ${input[2]} and ${output[2]} channels do not divide into ${groups} groups`);
  const needed = kernel[0] * kernel[1] * (input[2] / groups) * output[2];
  if (kernelValues.length !== needed)
    throw new MasoError(
      "shape",
      `${who}: kernel has ${kernelValues.length} values; ${kernel.join(" × ")} over ${input[2]} to ${output[2]} channels in ${groups} groups needs ${needed}`,
    );
  const extents = [positions(geometry, 0), positions(geometry, 1)];
  if (output[0] !== extents[0] || output[1] !== extents[1])
    throw new MasoError(
      "shape",
      `${who}: output ${formatShape(output)}; input ${formatShape(input)} with this kernel, stride and padding needs ${formatShape([...extents, output[2]])}`,
    );
}

function positions({ input, kernel, strides, dilations, padding }: ConvGeometry, axis: 0 | 1): number {
  const room = input[axis] + padding[axis][0] + padding[axis][1] - (kernel[axis] - 1) * dilations[axis] - 1;
  return Math.max(0, Math.floor(room / strides[axis]) + 1);
}
