export { type ConformanceOptions, conformance } from "./conformance";
export type { ConformanceCase } from "./subject";
