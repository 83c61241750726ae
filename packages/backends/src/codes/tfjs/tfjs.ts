/** The part of TensorFlow.js that is needed, as `import * as tf` gives it: of @tensorflow/tfjs or @tensorflow/tfjs-core. */
export type Tfjs = Pick<typeof import("@tensorflow/tfjs-core"), "engine" | "getBackend" | "getKernel" | "registerKernel" | "zeros">;
