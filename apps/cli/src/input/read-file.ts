import { readFileSync, statSync } from "node:fs";
import { MasoError } from "@maso/core";

export const STDIN = "-";

/** A file's bytes; `-` is standard input. Throws "file". */
export function readBytes(path: string): Buffer {
  try {
    return readFileSync(path === STDIN ? 0 : path);
  } catch (error) {
    throw cannotRead(path, error);
  }
}

/** A file's parsed JSON. Throws "file" or "format". */
export function readJson(path: string): unknown {
  return parseJson(path, readBytes(path));
}

export function parseJson(path: string, bytes: Uint8Array): unknown {
  if (bytes.length === 0) throw new MasoError("format", `${path}: the file is empty`);
  let text: string;
  try {
    text = new TextDecoder("utf-8", { fatal: true }).decode(bytes);
  } catch {
    throw new MasoError("format", `${path}: not a text file; expected JSON`);
  }
  try {
    return JSON.parse(text);
  } catch (error) {
    throw new MasoError("format", `${path}: not JSON (${(error as Error).message}); is it truncated?`, { cause: error });
  }
}

/** Throws "file" where nothing is there. */
export function isFolder(path: string): boolean {
  if (path === STDIN) return false;
  try {
    return statSync(path).isDirectory();
  } catch (error) {
    throw cannotRead(path, error);
  }
}

export function cannotRead(path: string, error: unknown): MasoError {
  const { code = "unknown error" } = error as NodeJS.ErrnoException;
  return new MasoError("file", `${path}: ${reasons[code] ?? `cannot be read (${code})`}`, { cause: error });
}

const reasons: Readonly<Record<string, string>> = {
  ENOENT: "there is no such file or folder",
  ENOTDIR: "there is no such file or folder",
  EISDIR: "a folder, where a file is needed",
  EACCES: "no permission to read it",
  ERR_FS_FILE_TOO_LARGE: "larger than 2 GiB",
  ERR_INVALID_ARG_VALUE: "not a file name",
};
