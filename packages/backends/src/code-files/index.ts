export { networkFingerprint } from "./network-fingerprint";
export { type CodeFile, openCodeFile } from "./open-code-file";
export { type WrittenCodes, writeCodeFile } from "./write-code-file";
