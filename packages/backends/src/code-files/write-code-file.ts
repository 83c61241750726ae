import { type FileHandle, lstat, open, realpath, rename, rm, stat } from "node:fs/promises";
import { basename, dirname, join } from "node:path";
import { MasoError, type Network } from "@maso/core";
import { codeLayout } from "../codes/code-layout";
import type { PackedCodes } from "../codes/packed-codes";
import { checkComparable } from "../codes/tiles";
import { bytesOfWords } from "./bytes-of-words";
import { checksum, footerBytes, type Header, headerBytes } from "./format";
import { networkFingerprint } from "./network-fingerprint";

export interface WrittenCodes {
  readonly rows: number;
  /** Of the file. */
  readonly bytes: number;
}

/**
 * Writes the codes of a network, block by block as they come, into one file. It is written under another name first: no half-written file is
 * left, whatever happens. A link stays, and what is no regular file (a device, a pipe) is written as it stands. Throws "file", "shape" and
 * what making the codes throws.
 */
export async function writeCodeFile(
  path: string,
  network: Network,
  codes: AsyncIterable<PackedCodes> | Iterable<PackedCodes>,
): Promise<WrittenCodes> {
  const layout = codeLayout(network);
  const blockRows = Math.max(1, Math.floor(BLOCK_BYTES / Math.max(4, 4 * layout.words)));
  const header = { layout, network: networkFingerprint(network), blockRows };
  const { target, inPlace } = await targetOf(path).catch(cannotWrite(path));
  const unfinished = inPlace ? target : join(dirname(target), `.${basename(target)}.${process.pid}.tmp`);
  const file = await open(unfinished, "w").catch(cannotWrite(path));
  try {
    const written = await writeAll(path, file, header, codes);
    await file.close();
    if (!inPlace) await rename(unfinished, target).catch(cannotWrite(path));
    return written;
  } catch (error) {
    await file.close().catch(() => {});
    if (!inPlace) await rm(unfinished, { force: true });
    throw error;
  }
}

const BLOCK_BYTES = 2 ** 20;

async function writeAll(
  path: string,
  file: FileHandle,
  header: Header,
  codes: AsyncIterable<PackedCodes> | Iterable<PackedCodes>,
): Promise<WrittenCodes> {
  let [rows, bytes] = [0, 0];
  const write = async (...parts: readonly Uint8Array[]): Promise<void> => {
    for (const part of parts) {
      await file.writeFile(part).catch(cannotWrite(path));
      bytes += part.length;
    }
  };
  await write(headerBytes(header));
  for await (const block of inBlocks(header, codes)) {
    const part = bytesOfWords(block.words);
    await write(part, checksum(part));
    rows += block.rows;
  }
  await write(footerBytes(rows));
  return { rows, bytes };
}

/** The same rows in blocks of one size; the last may be smaller. */
async function* inBlocks(
  { layout, blockRows }: Header,
  codes: AsyncIterable<PackedCodes> | Iterable<PackedCodes>,
): AsyncGenerator<PackedCodes> {
  const { words: width } = layout;
  const words = new Int32Array(blockRows * width);
  let filled = 0;
  for await (const block of codes) {
    checkComparable(layout, block.layout);
    for (let from = 0; from < block.rows; ) {
      const rows = Math.min(block.rows - from, blockRows - filled);
      words.set(block.words.subarray(from * width, (from + rows) * width), filled * width);
      from += rows;
      filled += rows;
      if (filled < blockRows) continue;
      yield { layout, rows: filled, words };
      filled = 0;
    }
  }
  if (filled > 0) yield { layout, rows: filled, words: words.subarray(0, filled * width) };
}

/** What a path leads to; what is not there yet will be a plain file, what a link lacks is written through it. */
async function targetOf(path: string): Promise<{ readonly target: string; readonly inPlace: boolean }> {
  const stats = await stat(path).catch(() => null);
  if (stats === null) return { target: path, inPlace: (await lstat(path).catch(() => null)) !== null };
  return stats.isFile() ? { target: await realpath(path), inPlace: false } : { target: path, inPlace: true };
}

const cannotWrite =
  (path: string) =>
  (error: NodeJS.ErrnoException): never => {
    throw new MasoError("file", `${path}: cannot be written (${error.code ?? error.message})`, { cause: error });
  };
