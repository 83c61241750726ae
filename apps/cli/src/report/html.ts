/** Text that is HTML already. */
export interface Html {
  readonly html: string;
}

type Part = string | number | Html | readonly Html[];

/** A template whose values are escaped unless they are HTML themselves. */
export function html(strings: TemplateStringsArray, ...values: readonly Part[]): Html {
  return { html: strings.reduce((text, string, i) => text + render(values[i - 1]!) + string) };
}

export const raw = (text: string): Html => ({ html: text });
export const nothing: Html = raw("");

function render(value: Part): string {
  if (Array.isArray(value)) return value.map(({ html }: Html) => html).join("");
  if (typeof value === "object") return (value as Html).html;
  return String(value).replace(/[&<>"']/g, (character) => `&#${character.charCodeAt(0)};`);
}

/** Three significant digits, exponents where they are shorter. */
export function figure(value: number): string {
  if (value === 0) return "0";
  const size = Math.abs(value);
  return size >= 1e-3 && size < 1e5 ? String(Number(value.toPrecision(3))) : value.toExponential(1);
}
