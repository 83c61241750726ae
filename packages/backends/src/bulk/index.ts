export { type CompileOptions, compile } from "./compile";
export type { Compiled } from "./compiled";
