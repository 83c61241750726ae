import { type CountDifferences, plainDifferences } from "./plain-differences";
import { wasmDifferences } from "./wasm-differences";

let started: CountDifferences | undefined;

/** In wasm where it starts, else in plain TypeScript: the same counts. Started at the first call. */
export const countDifferences: CountDifferences = (sections, a, b) => {
  started ??= wasmDifferences() ?? plainDifferences;
  return started(sections, a, b);
};
