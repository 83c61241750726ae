import type { RunKernel } from "../register-kernels";

export const webgpuKernel: RunKernel<unknown> = () => {
  throw new Error("to come");
};
