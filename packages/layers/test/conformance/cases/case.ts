import { random, sizeOf } from "@maso/core";
import type { ConformanceCase } from "../../../src/testing";

let seed = 1;
/** Seeded weights; some exactly 0. */
export function weights(...shape: number[]): { readonly shape: number[]; readonly data: Float64Array } {
  const { normal, uniform } = random(seed++);
  return { shape, data: Float64Array.from({ length: sizeOf(shape) }, () => (uniform() < 0.1 ? 0 : normal())) };
}

export const on = (inputs: ConformanceCase["inputs"], params?: object, name?: string): ConformanceCase => ({ inputs, params, name });
