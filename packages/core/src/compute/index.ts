export type { Compute, ConvGeometry, MatmulDims } from "./compute";
export { plainCompute } from "./plain-compute";
