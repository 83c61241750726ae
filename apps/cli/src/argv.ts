/** Joins each option that takes a value with the word after it, whatever that begins with: `--offset -0.5` becomes `--offset=-0.5`. */
export function joinOptionValues(words: readonly string[], takesValue: ReadonlySet<string>): string[] {
  const joined: string[] = [];
  for (let i = 0; i < words.length; i++) {
    const word = words[i]!;
    if (word === "--") return [...joined, ...words.slice(i)];
    if (takesValue.has(word) && i + 1 < words.length) joined.push(`${word}=${words[++i]}`);
    else joined.push(word);
  }
  return joined;
}
