export { hammingDistances } from "./hamming-distances";
export { type HammingBackend, registerHammingDistances } from "./register-hamming-distances";
export type { Tfjs } from "./tfjs";
