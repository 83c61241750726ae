/** What a command found: printed as one JSON object with --json, else as text. */
export interface Answer {
  json(): object;
  text(): string;
}
