import type { KernelFunc } from "@tensorflow/tfjs-core";
import type { Engine } from "./engine";

/** The part of tfjs that is needed, as `import * as tf` gives it: of @tensorflow/tfjs or @tensorflow/tfjs-core. */
export type Tfjs = Pick<typeof import("@tensorflow/tfjs-core"), "backend_util" | "getKernel" | "registerKernel">;

/** A kernel for the wasm backend of this tfjs. */
export type MissingKernel = (tf: Tfjs, engine: Engine) => KernelFunc;
