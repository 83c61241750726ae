import { crc32 } from "node:zlib";
import { MasoError } from "@maso/core";
import { type CodeLayout, layoutOf } from "../codes/code-layout";

/** The first eight bytes of a code file, and the eight before the number of rows at its end. */
export const MAGIC = "MASOCODE";
export const END = "MASOROWS";
export const VERSION = 1;
/** Of magic, version and the length of the header's text. */
export const PREFIX_BYTES = 16;
export const FOOTER_BYTES = 16;
export const CHECKSUM_BYTES = 4;

/** What a code file says of itself before its rows. */
export interface Header {
  readonly layout: CodeLayout;
  /** The fingerprint of the network whose codes they are. */
  readonly network: string;
  /** Rows in each block but the last. */
  readonly blockRows: number;
}

/** Magic, version, length, JSON, checksum. */
export function headerBytes({ layout, network, blockRows }: Header): Uint8Array {
  const nodes = layout.nodes.map(({ node, id, units, pieces }) => ({ node, id, units, pieces }));
  const text = Buffer.from(JSON.stringify({ network, blockRows, words: layout.words, nodes }));
  const prefix = Buffer.alloc(PREFIX_BYTES);
  prefix.write(MAGIC, "latin1");
  prefix.writeUInt32LE(VERSION, 8);
  prefix.writeUInt32LE(text.length, 12);
  const bytes = Buffer.concat([prefix, text]);
  return Buffer.concat([bytes, checksum(bytes)]);
}

export function footerBytes(rows: number): Uint8Array {
  const bytes = Buffer.alloc(FOOTER_BYTES);
  bytes.write(END, "latin1");
  bytes.writeBigUInt64LE(BigInt(rows), 8);
  return bytes;
}

/** CRC-32, little-endian. */
export function checksum(bytes: Uint8Array): Uint8Array {
  const result = Buffer.alloc(CHECKSUM_BYTES);
  result.writeUInt32LE(crc32(bytes));
  return result;
}

/** What the header's text says. Throws "format". */
export function parseHeader(file: string, text: string): Header {
  const refuse = (what: string): never => {
    throw new MasoError("format", `${file}: the header of this code file ${what}`);
  };
  let json: unknown;
  try {
    json = JSON.parse(text);
  } catch {
    return refuse("is no JSON");
  }
  const { network, blockRows, words, nodes } = (typeof json === "object" && json !== null ? json : {}) as Readonly<Record<string, unknown>>;
  if (typeof network !== "string" || !isCount(blockRows) || blockRows < 1 || !Array.isArray(nodes) || !nodes.every(isNode))
    return refuse("needs network, blockRows and nodes with node, id, units and pieces");
  const layout = layoutOf(nodes);
  return layout.words === words ? { layout, network, blockRows } : refuse(`says ${words} words; its nodes need ${layout.words}`);
}

type Node = Parameters<typeof layoutOf>[0][number];

function isNode(value: unknown): value is Node {
  if (typeof value !== "object" || value === null) return false;
  const { node, id, units, pieces } = value as Readonly<Record<string, unknown>>;
  return isCount(node) && typeof id === "string" && isCount(units) && isCount(pieces);
}

const isCount = (value: unknown): value is number => Number.isSafeInteger(value) && (value as number) >= 0;

/** The bytes of a block of so many rows, with its checksum. */
export const blockBytes = (rows: number, { words }: CodeLayout): number => 4 * rows * words + CHECKSUM_BYTES;

/** The bytes of all blocks. */
export function bodyBytes(rows: number, { layout, blockRows }: Header): number {
  return 4 * rows * layout.words + Math.ceil(rows / blockRows) * CHECKSUM_BYTES;
}
