import { type FileHandle, open } from "node:fs/promises";
import { MasoError, type Network } from "@maso/core";
import type { CodeSource } from "../codes/code-source";
import type { PackedCodes } from "../codes/packed-codes";
import { wordsOfBytes } from "./bytes-of-words";
import {
  blockBytes,
  bodyBytes,
  CHECKSUM_BYTES,
  checksum,
  END,
  FOOTER_BYTES,
  type Header,
  MAGIC,
  PREFIX_BYTES,
  parseHeader,
  VERSION,
} from "./format";
import { networkFingerprint } from "./network-fingerprint";

/** A code file whose header is read; its rows are read block by block, each checked. */
export interface CodeFile extends CodeSource {
  readonly path: string;
  /** Of the file. */
  readonly bytes: number;
  /** The fingerprint of the network whose codes they are. */
  readonly network: string;
}

/**
 * Opens a code file. With a network, its codes must be that network's. Throws "file" where it cannot be read, "format" where it is no code file,
 * damaged or truncated, "mismatch" where it has the codes of another network. Reading blocks throws "file" and "format".
 */
export async function openCodeFile(path: string, network?: Network): Promise<CodeFile> {
  const opened = await withFile(path, (file) => readEnds(path, file));
  const { header, rows, bytes, start } = opened;
  if (network !== undefined && networkFingerprint(network) !== header.network)
    throw new MasoError("mismatch", `${path}: has the codes of another network; encode the data with this one`);
  return { path, layout: header.layout, rows, bytes, network: header.network, blocks: () => readBlocks(path, header, rows, start) };
}

interface Ends {
  readonly header: Header;
  readonly rows: number;
  readonly bytes: number;
  /** Where the first block begins. */
  readonly start: number;
}

async function readEnds(path: string, file: FileHandle): Promise<Ends> {
  const stats = await file.stat();
  if (!stats.isFile()) throw new MasoError("file", `${path}: not a regular file; a code file is read at several places`);
  const bytes = stats.size;
  const prefix = await read(path, file, 0, Math.min(bytes, PREFIX_BYTES));
  if (prefix.toString("latin1", 0, 8) !== MAGIC) throw new MasoError("format", `${path}: not a code file; maso encode writes one`);
  if (prefix.length < PREFIX_BYTES) throw truncated(path);
  const version = prefix.readUInt32LE(8);
  if (version !== VERSION) throw new MasoError("format", `${path}: a code file of version ${version}; version ${VERSION} is supported`);
  const end = PREFIX_BYTES + prefix.readUInt32LE(12);
  const start = end + CHECKSUM_BYTES;
  if (start + FOOTER_BYTES > bytes) throw truncated(path);
  const head = await read(path, file, 0, start);
  if (!head.subarray(end).equals(checksum(head.subarray(0, end)))) throw damaged(path, "header");
  const header = parseHeader(path, head.toString("utf8", PREFIX_BYTES, end));
  const footer = await read(path, file, bytes - FOOTER_BYTES, FOOTER_BYTES);
  if (footer.toString("latin1", 0, 8) !== END)
    throw new MasoError(
      "format",
      `${path}: this code file does not end as it should: truncated, or longer than written; encode the data again`,
    );
  const rows = Number(footer.readBigUInt64LE(8));
  if (start + bodyBytes(rows, header) + FOOTER_BYTES !== bytes)
    throw new MasoError(
      "format",
      `${path}: ${rows} rows need ${start + bodyBytes(rows, header) + FOOTER_BYTES} bytes, but it has ${bytes}; it is damaged`,
    );
  return { header, rows, bytes, start };
}

async function* readBlocks(path: string, { layout, blockRows }: Header, rows: number, start: number): AsyncGenerator<PackedCodes> {
  const file = await openFile(path);
  try {
    let position = start;
    for (let row = 0; row < rows; row += blockRows) {
      const some = Math.min(blockRows, rows - row);
      const bytes = await read(path, file, position, blockBytes(some, layout));
      const end = bytes.length - CHECKSUM_BYTES;
      if (!bytes.subarray(end).equals(checksum(bytes.subarray(0, end)))) throw damaged(path, `block at row ${row}`);
      yield { layout, rows: some, words: wordsOfBytes(bytes.subarray(0, end)) };
      position += bytes.length;
    }
  } finally {
    await file.close();
  }
}

async function withFile<T>(path: string, action: (file: FileHandle) => Promise<T>): Promise<T> {
  const file = await openFile(path);
  try {
    return await action(file);
  } finally {
    await file.close();
  }
}

const openFile = (path: string): Promise<FileHandle> => open(path, "r").catch(cannotRead(path));

/** In memory of its own. Throws "format" where the file ends before. */
async function read(path: string, file: FileHandle, position: number, length: number): Promise<Buffer> {
  const bytes = Buffer.from(new ArrayBuffer(length));
  for (let at = 0; at < length; ) {
    const { bytesRead } = await file.read(bytes, at, length - at, position + at).catch(cannotRead(path));
    if (bytesRead === 0) throw truncated(path);
    at += bytesRead;
  }
  return bytes;
}

const truncated = (path: string): MasoError => new MasoError("format", `${path}: this code file is truncated; encode the data again`);

const damaged = (path: string, what: string): MasoError =>
  new MasoError("format", `${path}: the ${what} of this code file is damaged; encode the data again`);

const cannotRead =
  (path: string) =>
  (error: NodeJS.ErrnoException): never => {
    const reason =
      error.code === "ENOENT" || error.code === "ENOTDIR" ? "there is no such file" : `cannot be read (${error.code ?? error.message})`;
    throw new MasoError("file", `${path}: ${reason}`, { cause: error });
  };
