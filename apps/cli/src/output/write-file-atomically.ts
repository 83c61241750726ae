import { accessSync, constants, lstatSync, mkdirSync, realpathSync, renameSync, rmSync, statSync, writeFileSync } from "node:fs";
import { basename, dirname, join } from "node:path";
import { MasoError } from "@maso/core";

/**
 * Writes a file under another name first, so that no half-written file is ever left. A link stays: what it points to is written. What is
 * no regular file (a device, a pipe) is written as it stands. Throws "file".
 */
export function writeFileAtomically(path: string, content: string | Uint8Array): void {
  try {
    const target = targetOf(path);
    if (target.isPlain) replaceFile(target.path, content);
    else writeFileSync(target.path, content);
  } catch (error) {
    throw cannotWrite(path, error);
  }
}

function replaceFile(path: string, content: string | Uint8Array): void {
  const unfinished = join(dirname(path), `.${basename(path)}.${process.pid}.tmp`);
  try {
    writeFileSync(unfinished, content);
    renameSync(unfinished, path);
  } catch (error) {
    rmSync(unfinished, { force: true });
    throw error;
  }
}

/** What a path leads to; what is not there yet will be a plain file, what a link lacks is written through it. Throws EISDIR for a folder. */
function targetOf(path: string): { readonly path: string; readonly isPlain: boolean } {
  const stats = statSync(path, { throwIfNoEntry: false });
  if (stats === undefined) return { path, isPlain: lstatSync(path, { throwIfNoEntry: false }) === undefined };
  if (stats.isDirectory()) throw Object.assign(new Error(path), { code: "EISDIR" });
  return stats.isFile() ? { path: realpathSync(path), isPlain: true } : { path, isPlain: false };
}

/** Finds out before long work that a file cannot be written. Throws "file". */
export function checkWritable(path: string): void {
  try {
    targetOf(path);
    if (!statSync(dirname(path)).isDirectory()) throw Object.assign(new Error(path), { code: "ENOTDIR" });
    accessSync(dirname(path), constants.W_OK);
  } catch (error) {
    throw cannotWrite(path, error);
  }
}

/** Throws "file". */
export function makeFolder(path: string): void {
  try {
    mkdirSync(path, { recursive: true });
  } catch (error) {
    throw cannotWrite(path, error);
  }
}

function cannotWrite(path: string, error: unknown): MasoError {
  const { code = "unknown error" } = error as NodeJS.ErrnoException;
  return new MasoError("file", `${path}: cannot be written (${reasons[code] ?? code})`, { cause: error });
}

const reasons: Readonly<Record<string, string>> = {
  ENOENT: "its folder does not exist",
  ENOTDIR: "a file stands where its folder should be",
  EISDIR: "it is a folder",
  EEXIST: "a file stands there",
  EACCES: "no permission",
  EROFS: "a read-only disk",
  ENOSPC: "the disk is full",
};
