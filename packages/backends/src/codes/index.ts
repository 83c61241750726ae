export { type CodeLayout, type CodeNode, codeLayout, layoutOf, type UnitBits } from "./code-layout";
export type { CodeSource, Codes } from "./code-source";
export { distanceTiles } from "./distance-tiles";
export { differences, distances } from "./distances";
export { type NearestOptions, type Neighbour, nearest } from "./nearest";
export { type PackedCodes, packCode, packedCodes, unpackCode } from "./packed-codes";
export type { Tile } from "./tiles";
