import type { ConformanceCase } from "../../../src/testing";

/** Nonlinearities. */
export const unitsCases: Readonly<Record<string, readonly ConformanceCase[]>> = {};
