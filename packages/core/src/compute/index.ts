import type { Compute } from "./compute";
import { convolve, convolveAdjoint } from "./convolve";
import { matmul } from "./matmul";

export type { Compute, ConvGeometry, MatmulDims } from "./compute";

/** Plain TypeScript: runs everywhere and is the oracle of every other Compute. */
export const plainCompute: Compute = { name: "plain", matmul, convolve, convolveAdjoint };
