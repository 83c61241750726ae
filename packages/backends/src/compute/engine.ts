import type { Kernels } from "./kernels";
import type { Workspace } from "./workspace";

/** The wasm functions and the memory they work in. */
export interface Engine {
  readonly kernels: Kernels;
  readonly workspace: Workspace;
}
