import { MasoError } from "@maso/core";
import { CommanderError } from "commander";

export interface Failure {
  readonly exitCode: number;
  /** One line. */
  readonly message: string;
}

/** 2 for bad input, 3 for a refused model, 130 for an interruption, 1 for a bug of maso's own. */
export function failureOf(error: unknown): Failure {
  if (error instanceof MasoError) return { exitCode: exitCodes[error.code] ?? 2, message: oneLine(error.message) };
  if (error instanceof CommanderError) return { exitCode: 2, message: oneLine(error.message.replace(/^error: /, "")) };
  const message = oneLine(error instanceof Error ? error.message : String(error));
  return { exitCode: 1, message: `${message} (this is a bug of maso; MASO_DEBUG=1 shows where)` };
}

/** Where memory runs out, the error names the model. Throws "too-large". */
export async function withMemoryOf<T>(model: string, work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    if (!(error instanceof RangeError) || !/allocation|array length|array buffer|string length/i.test(error.message)) throw error;
    throw new MasoError("too-large", `${model}: the model with its input needs more memory than there is (${error.message})`, {
      cause: error,
    });
  }
}

const exitCodes: Readonly<Partial<Record<MasoError["code"], number>>> = { refused: 3, aborted: 130 };

const LONGEST = 2000;

/** Messages quote names from files: no line breaks or control characters get through. */
function oneLine(message: string): string {
  const line = message.replace(/[\s\p{Cc}]+/gu, " ").trim();
  return line.length <= LONGEST ? line : `${line.slice(0, LONGEST)} ...`;
}
