import { MasoError } from "@maso/core";

export type JsonObject = Readonly<Record<string, unknown>>;

/** Deeper than any real file; keeps hostile nesting from the call stack. */
const DEEPEST = 200;
const FORBIDDEN = new Set(["__proto__", "constructor", "prototype"]);

/** Throws "format" where data has a key that could reach an object's prototype, or is nested beyond reason. */
export function checkPlainJson(value: unknown, path = "", depth = 0): void {
  if (typeof value !== "object" || value === null) return;
  if (depth > DEEPEST) throw malformed(path.slice(0, 40), `nested deeper than ${DEEPEST} levels`);
  if (Array.isArray(value)) {
    value.forEach((item, i) => {
      if (typeof item === "object") checkPlainJson(item, `${path}[${i}]`, depth + 1);
    });
    return;
  }
  for (const key of Object.keys(value)) {
    const at = path === "" ? key : `${path}.${key}`;
    if (FORBIDDEN.has(key)) throw malformed(at, "this key is not allowed; expected the name of a setting");
    checkPlainJson((value as JsonObject)[key], at, depth + 1);
  }
}

/** An object with none but these keys. Throws "format". */
export function objectAt(path: string, value: unknown, keys?: readonly string[]): JsonObject {
  if (typeof value !== "object" || value === null || Array.isArray(value))
    throw malformed(path, `expected an object, got ${describe(value)}`);
  const odd = keys && Object.keys(value).find((key) => !keys.includes(key));
  if (odd !== undefined) throw malformed(path, `unknown key ${JSON.stringify(odd)}; expected ${keys!.join(", ")}`);
  return value as JsonObject;
}

export function arrayAt(path: string, value: unknown): readonly unknown[] {
  if (!Array.isArray(value)) throw malformed(path, `expected an array, got ${describe(value)}`);
  return value;
}

export function stringAt(path: string, value: unknown): string {
  if (typeof value !== "string" || value === "") throw malformed(path, `expected a string, got ${describe(value)}`);
  return value;
}

export function malformed(path: string, problem: string): MasoError {
  return new MasoError("format", path === "" ? problem : `${path}: ${problem}`, { at: path });
}

/** A value for a message, never long. */
export function describe(value: unknown): string {
  if (value === undefined) return "nothing";
  if (Array.isArray(value)) return `an array of ${value.length}`;
  if (typeof value === "object" && value !== null) return "an object";
  const text = JSON.stringify(value);
  return text.length <= 40 ? text : `${text.slice(0, 37)}...`;
}
