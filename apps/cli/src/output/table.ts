/** Text in columns under their headers; columns of numbers stand to the right. */
export function table(headers: readonly string[], rows: readonly (readonly string[])[]): string {
  const widths = headers.map((header, column) => rows.reduce((most, row) => Math.max(most, width(row[column]!)), width(header)));
  const right = headers.map((_, column) => rows.length > 0 && rows.every((row) => /^[-+]?[\d.]|^$|^–$/.test(row[column]!)));
  const line = (cells: readonly string[]): string =>
    cells
      .map((cell, column) => {
        const fill = " ".repeat(widths[column]! - width(cell));
        return right[column] ? fill + cell : cell + fill;
      })
      .join("  ")
      .trimEnd();
  return [line(headers), line(widths.map((each) => "-".repeat(each))), ...rows.map(line)].join("\n");
}

const width = (text: string): number => [...text].length;

/** A number for people: four significant digits. */
export function formatNumber(value: number): string {
  if (Number.isInteger(value) && Math.abs(value) < 1e6) return String(value);
  return Number(value.toPrecision(4)).toString();
}
