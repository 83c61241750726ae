import { MasoError } from "@maso/core";
import type { TfjsAttributes } from "../../tfjs-node";
import type { GraphNode } from "./graph-def";

type Attribute = Readonly<Record<string, unknown>>;

/** Readers of a node's attributes in the JSON form of protocol buffers: 64-bit integers as strings, strings in base64. */
export function attributesOf(where: string, { attributes }: Pick<GraphNode, "attributes">): TfjsAttributes {
  function read<T>(name: string, fallback: T | undefined, expected: string, parse: (attribute: Attribute) => T | undefined): T {
    const attribute = Object.hasOwn(attributes, name) ? attributes[name] : undefined;
    const isObject = typeof attribute === "object" && attribute !== null && !Array.isArray(attribute);
    if (attribute !== undefined && !isObject) throw malformed(name, expected, attribute);
    if (attribute === undefined || Object.keys(attribute).length === 0) {
      if (fallback === undefined) throw new MasoError("format", `${where}: attr.${name}: expected ${expected}, got nothing`);
      return fallback;
    }
    const value = parse(attribute as Attribute);
    if (value === undefined) throw malformed(name, expected, attribute);
    return value;
  }
  const malformed = (name: string, expected: string, given: unknown): MasoError =>
    new MasoError("format", `${where}: attr.${name}: expected ${expected}, got ${JSON.stringify(given).slice(0, 60)}`);
  return {
    has: (name) => Object.hasOwn(attributes, name),
    number: (name, fallback) => read(name, fallback, "a number", ({ i, f }) => asNumber(i ?? f)),
    flag: (name, fallback) => read(name, fallback, "true or false", ({ b }) => (typeof b === "boolean" ? b : undefined)),
    text: (name, fallback) => read(name, fallback, "a word", ({ s, type }) => asText(s ?? type)),
    numbers: (name, fallback) => read(name, fallback, "a list of numbers", ({ list }) => asList(list, ["i", "f"], asNumber)),
    texts: (name, fallback) => read(name, fallback, "a list of words", ({ list }) => asList(list, ["s", "type"], asText)),
  };
}

/** A shape attribute's extents, null where open; null for an unknown rank. Throws "format". */
export function shapeAttribute(where: string, value: unknown): readonly (number | null)[] | null {
  if (typeof value !== "object" || value === null) return null;
  const { dim, unknownRank } = value as { readonly dim?: unknown; readonly unknownRank?: unknown };
  if (unknownRank === true) return null;
  if (dim === undefined) return [];
  if (!Array.isArray(dim)) throw new MasoError("format", `${where}: expected a list of extents`);
  return dim.map((each: { readonly size?: unknown } | null) => {
    const size = asNumber(each?.size ?? 0);
    if (size === undefined || !Number.isInteger(size) || size < -1 || size === 0)
      throw new MasoError("shape", `${where}: expected positive whole extents, or -1, got ${JSON.stringify(each?.size ?? each)}`);
    return size === -1 ? null : size;
  });
}

function asNumber(value: unknown): number | undefined {
  const number = typeof value === "string" && value.trim() !== "" ? Number(value) : value;
  return typeof number === "number" && Number.isFinite(number) ? number : undefined;
}

/** Base64, as files have it; characters' codes, as some programs write it. */
function asText(value: unknown): string | undefined {
  if (Array.isArray(value)) return String.fromCharCode(...(value as number[]));
  if (typeof value !== "string") return undefined;
  if (/^DT_/.test(value)) return value;
  try {
    return atob(value);
  } catch {
    return undefined;
  }
}

function asList<T>(list: unknown, keys: readonly string[], parse: (value: unknown) => T | undefined): T[] | undefined {
  if (typeof list !== "object" || list === null || Array.isArray(list)) return undefined;
  const entries = keys.map((key) => (list as Attribute)[key]).find((each) => each !== undefined) ?? [];
  if (!Array.isArray(entries)) return undefined;
  const values = entries.map(parse);
  return values.includes(undefined) ? undefined : (values as T[]);
}
