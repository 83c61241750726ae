/* What another Compute is built of, as @maso/core/compute. */
export { BLOCK_ROWS } from "./add-product";
export { checkGeometry } from "./check-geometry";
export { checkProduct } from "./check-product";
export type { Compute, ConvGeometry, MatmulDims } from "./compute";
export { type Direction, isDepthwise, type Tap, tapsPerPosition } from "./depthwise";
export { isPointwise } from "./is-pointwise";
export { isWorthChoosing, liveProduct } from "./live-columns";
export { type Patches, patches } from "./patches";
export { plainCompute } from "./plain-compute";
export { plainRowKernels } from "./plain-row-kernels";
export type { BentUnit, Blends, Column, Columns, CutParts, FlatCuts, FlatMesh, RowKernels } from "./row-kernels";
export { transposed } from "./transposed";
