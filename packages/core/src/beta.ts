import type { Quantizer } from "./operator";

/** η = β/(1−β) of unit k; infinite for a hard unit. */
export function inverseTemperature(beta: Quantizer["beta"], k: number): number {
  const value = typeof beta === "number" ? beta : beta[k % beta.length]!;
  return value / (1 - value);
}

/** Every unit uses one piece only. */
export function isHard(beta: Quantizer["beta"]): boolean {
  return typeof beta === "number" ? beta === 1 : beta.every((value) => value === 1);
}
