export { type ComputeConformanceOptions, computeConformance } from "./compute-conformance";
