import type { ConformanceCase } from "../../../src/testing";

/** Convolutions, pooling and resizing. */
export const imageCases: Readonly<Record<string, readonly ConformanceCase[]>> = {};
