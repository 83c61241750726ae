import type { ConformanceCase } from "../../../src/testing";

/** Layers that move values and sum them. */
export const movesCases: Readonly<Record<string, readonly ConformanceCase[]>> = {};
