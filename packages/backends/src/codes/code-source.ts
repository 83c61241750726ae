import type { CodeLayout } from "./code-layout";
import type { PackedCodes } from "./packed-codes";

/** Codes that are read some rows at a time, because they are too many to hold: a code file, say. */
export interface CodeSource {
  readonly layout: CodeLayout;
  readonly rows: number;
  /** All rows, in order. Each call begins anew. */
  blocks(): AsyncIterable<PackedCodes>;
}

export type Codes = PackedCodes | CodeSource;

/** The blocks of a source; codes in memory are one. */
export async function* blocksOf(codes: Codes): AsyncGenerator<PackedCodes> {
  if ("words" in codes) yield codes;
  else yield* codes.blocks();
}
