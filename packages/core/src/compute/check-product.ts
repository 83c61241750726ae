import { MasoError } from "../maso-error";
import type { MatmulDims } from "./compute";

/** Throws "shape" unless A and B have the values that their sizes say. */
export function checkProduct(a: Float64Array, b: Float64Array, { m, k, n }: MatmulDims): void {
  if (a.length !== m * k || b.length !== k * n)
    throw new MasoError("shape", `matmul: ${a.length} and ${b.length} values; m ${m}, k ${k} and n ${n} need ${m * k} and ${k * n}`);
}
