import { MasoError } from "@maso/core";

/** A setting of a Keras layer that is a list of whole numbers. Throws "format". */
export function configNumbers(config: Readonly<Record<string, unknown>>, name: string): readonly number[] {
  const value = config[name];
  if (Array.isArray(value) && value.every((each): each is number => Number.isInteger(each))) return value;
  throw new MasoError("format", `${name}: expected a list of whole numbers, got ${JSON.stringify(value) ?? "nothing"}`);
}
