import type { Tensor } from "@tensorflow/tfjs-core";

export function disposeAll(...tensors: readonly Tensor[]): void {
  for (const tensor of tensors) tensor.dispose();
}
