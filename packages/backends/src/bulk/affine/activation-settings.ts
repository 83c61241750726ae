import type { Activation } from "../quantizer/activation-of";

/** An activation as TensorFlow.js's fused ops are told of it. */
export function settingsOf(activation: Activation): { readonly activation: Activation["name"]; readonly leakyreluAlpha?: number } {
  return activation.name === "leakyrelu" ? { activation: "leakyrelu", leakyreluAlpha: activation.alpha } : { activation: activation.name };
}
