import { type Rectangle, type Slice, slices } from "@maso/analysis";
import { MasoError } from "@maso/core";
import { readJson } from "../input/read-file";
import { hasExtent } from "./parse-window";

/** A slice file: { origin, axes, window }, for inputs of `size` values. Throws "file", "format", "shape" or "non-finite" with the path to the fault. */
export function readSliceFile(path: string, size: number): Slice {
  const json = readJson(path);
  if (typeof json !== "object" || json === null || Array.isArray(json))
    throw new MasoError("format", `${path}: expected a slice: {"origin": [...], "axes": [[...], [...]], "window": [[lo, hi], [lo, hi]]}`);
  const { origin, axes, window, ...rest } = json as Readonly<Record<string, unknown>>;
  const unknown = Object.keys(rest)[0];
  if (unknown !== undefined) throw new MasoError("format", `${path}: ${unknown}: a slice has origin, axes and window only`);
  const at = (name: string): string => `${path}: ${name}`;
  const x = point(at("origin"), origin, size);
  const [u, v] = pair(at("axes"), axes, "axes, each an array of numbers");
  return slices.around(x, point(at("axes[0]"), u, size), point(at("axes[1]"), v, size), rectangle(at("window"), window));
}

function point(where: string, value: unknown, size: number): Float64Array {
  const list = numbers(where, value);
  if (list.length !== size)
    throw new MasoError("shape", `${where}: expected ${size} numbers, one for each value of the input, got ${list.length}`);
  return Float64Array.from(list);
}

function rectangle(where: string, value: unknown): Rectangle | undefined {
  if (value === undefined) return undefined;
  const [s, t] = pair(where, value, "ranges [lo, hi]").map((range, i) => {
    const [low, high, ...more] = numbers(`${where}[${i}]`, range);
    if (low === undefined || high === undefined || more.length > 0) throw new MasoError("format", `${where}[${i}]: expected [lo, hi]`);
    if (!hasExtent([low, high])) throw new MasoError("params", `${where}[${i}]: expected lo less than hi, got [${low}, ${high}]`);
    return [low, high] as const;
  });
  return [s!, t!];
}

function pair(where: string, value: unknown, what: string): readonly unknown[] {
  if (Array.isArray(value) && value.length === 2) return value;
  throw new MasoError("format", `${where}: ${value === undefined ? "is missing; " : ""}expected two ${what}`);
}

function numbers(where: string, value: unknown): readonly number[] {
  if (!Array.isArray(value))
    throw new MasoError("format", `${where}: ${value === undefined ? "is missing; " : ""}expected an array of numbers`);
  const bad = value.findIndex((each) => typeof each !== "number");
  if (bad >= 0) throw new MasoError("format", `${where}[${bad}]: expected a number, got ${JSON.stringify(value[bad])}`);
  const infinite = value.findIndex((each) => !Number.isFinite(each));
  if (infinite >= 0) throw new MasoError("non-finite", `${where}[${infinite}]: ${value[infinite]}; expected a finite number`);
  return value as readonly number[];
}
