export { type CodeLayout, type CodeNode, codeLayout, layoutOf, type UnitBits } from "./code-layout";
export { type PackedCodes, packCode, packedCodes, unpackCode } from "./packed-codes";
