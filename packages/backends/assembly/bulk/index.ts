export { adjointCode, adjointSlopes, applyCode, applySlopes, code, slopes, values } from "./any-units";
export { runValues } from "./run-units";
export { scalarApplyBits, scalarApplyBytes, scalarCodeBits, scalarCodeBytes, scalarValues } from "./scalar-units";
export { sharedApplyBits, sharedApplyBytes, sharedBits, sharedBytes } from "./shared-units";
export { sparse } from "./sparse";
export { setUnits } from "./units";
