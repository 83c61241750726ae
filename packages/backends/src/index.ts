export { type Compiled, type CompileOptions, compile } from "./bulk";
