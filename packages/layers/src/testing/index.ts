export { conformance, type ConformanceOptions } from "./conformance";
export type { ConformanceCase } from "./subject";
