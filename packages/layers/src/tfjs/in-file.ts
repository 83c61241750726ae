import { MasoError } from "@maso/core";

/** What goes wrong within names the file. */
export function inFile<T>(file: string, action: () => T): T {
  try {
    return action();
  } catch (error) {
    if (!(error instanceof MasoError) || error.message.startsWith(file)) throw error;
    throw new MasoError(error.code, `${file}: ${error.message}`, { cause: error, at: error.at });
  }
}
