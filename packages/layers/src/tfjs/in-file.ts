import { MasoError } from "@maso/core";

/** What goes wrong within names the file. */
export function inFile<T>(file: string, action: () => T): T {
  try {
    return action();
  } catch (error) {
    throw error instanceof MasoError ? errorInFile(file, error) : error;
  }
}

/** The error, its message beginning with the file. */
export function errorInFile(file: string, error: MasoError): MasoError {
  if (error.message.startsWith(file)) return error;
  return new MasoError(error.code, `${file}: ${error.message}`, { cause: error, at: error.at });
}
