/** A line for people, apart from what the command prints. */
export function notice(text: string): void {
  process.stderr.write(`maso: note: ${text}\n`);
}
