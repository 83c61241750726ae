import type { Compute } from "../compute/compute";
import { convolveLaws } from "./convolve-laws";
import { matmulLaws } from "./matmul-laws";
import { quantizeHardLaws } from "./quantize-hard-laws";

export interface ComputeConformanceOptions {
  /** The `test` of vitest, jest or node:test. */
  readonly test: (name: string, law: () => void) => unknown;
}

/** What a Compute promises, and a check that throws where it does not keep it. */
export interface ComputeLaw {
  readonly name: string;
  check(compute: Compute): void;
}

/** The laws that every Compute keeps, one named test each, against loops written down from their definitions. */
export function computeConformance(compute: Compute, { test }: ComputeConformanceOptions): void {
  for (const { name, check } of [...matmulLaws, ...convolveLaws, ...quantizeHardLaws])
    test(`${compute.name}: ${name}`, () => check(compute));
}
