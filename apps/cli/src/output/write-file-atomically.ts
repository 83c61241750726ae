import { mkdirSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { basename, dirname, join } from "node:path";
import { MasoError } from "@maso/core";

/** Writes a file under another name first, so that no half-written file is ever left. Throws "file". */
export function writeFileAtomically(path: string, text: string): void {
  const unfinished = join(dirname(path), `.${basename(path)}.${process.pid}.tmp`);
  try {
    writeFileSync(unfinished, text);
    renameSync(unfinished, path);
  } catch (error) {
    rmSync(unfinished, { force: true });
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
