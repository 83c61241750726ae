import { Console } from "node:console";

/** Plugins and what they import may print: stdout is for the answer alone. Each thread has a console of its own. */
export function consoleToStderr(): void {
  globalThis.console = new Console(process.stderr, process.stderr);
}
