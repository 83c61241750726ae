import { quantizeHard } from "../quantize-hard";
import type { Compute } from "./compute";
import { convolve } from "./convolve";
import { convolveAdjoint } from "./convolve-adjoint";
import { matmul } from "./matmul";

/** Plain TypeScript: runs everywhere, and every other Compute is tested against it. */
export const plainCompute: Compute = { name: "plain", matmul, convolve, convolveAdjoint, quantizeHard };
