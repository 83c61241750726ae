/* Kernels that tfjs lacks, as @maso/backends/missing-kernels. */
export type { Tfjs } from "./missing-kernel";
export { registerMissingKernels } from "./register-missing-kernels";
