export type { BulkDevice, BulkOnRows } from "./bulk-device";
export { type ConformanceOptions, conformance, type TestFunction } from "./conformance";
export type { ConformanceCase } from "./subject";
