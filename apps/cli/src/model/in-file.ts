import { MasoError } from "@maso/core";

/** Whatever goes wrong within names the file. */
export async function inFile<T>(path: string, action: () => Promise<T>): Promise<T> {
  try {
    return await action();
  } catch (error) {
    if (!(error instanceof MasoError) || error.message.startsWith(path) || error.code === "usage") throw error;
    throw new MasoError(error.code, `${path}: ${error.message}`, { cause: error, at: error.at });
  }
}
