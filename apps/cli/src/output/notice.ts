const held = new Set<string>();

/** A line for people, apart from what the command prints. Held back until the command has its answer: a failure is one line. */
export function notice(text: string): void {
  held.add(text);
}

/** Prints what was held back, each line once. */
export function printNotices(): void {
  for (const text of held) process.stderr.write(`maso: note: ${text}\n`);
  held.clear();
}
