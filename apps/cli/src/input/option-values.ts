import { MasoError } from "@maso/core";

/** An option's whole number within bounds. Throws "usage". */
export function wholeNumber(option: string, text: string, least: number, most: number): number {
  const value = Number(text);
  if (!/^\s*\d+\s*$/.test(text) || value < least || value > most)
    throw new MasoError("usage", `${option} ${text}: expected a whole number from ${least} to ${most}`);
  return value;
}

/** An option's word out of a few. Throws "usage". */
export function oneOf<W extends string>(option: string, text: string, words: readonly W[]): W {
  const found = words.find((word) => word === text);
  if (found === undefined) throw new MasoError("usage", `${option} ${text}: expected one of ${words.join(", ")}`);
  return found;
}
