import { checkShape, type Head, MasoError, type Shape } from "@maso/core";
import { arrayAt, checkPlainJson, describe, type JsonObject, malformed, objectAt, stringAt } from "./json-fields";

/** A network file whose form and references are right; kinds and parameters are not looked at yet. */
export interface CheckedNetworkFile {
  readonly inputNames: readonly string[];
  readonly inputs: readonly Shape[];
  readonly layers: readonly CheckedLayer[];
  /** A source: the inputs, then the layers as they stand in the file. */
  readonly output: number;
  readonly head?: Head | readonly (Head | null)[];
}

export interface CheckedLayer {
  readonly id: string;
  readonly kind: string;
  readonly params: unknown;
  /** Sources, as `output` counts them. */
  readonly from: readonly number[];
  readonly beta: number | Float64Array | undefined;
}

/** Said for people, read by nobody. */
const REMARKS = ["$schema", "name", "description", "comment", "metadata"];
const FILE_KEYS = ["format", "version", "input", "inputs", "layers", "output", "head", ...REMARKS];
const LAYER_KEYS = ["id", "kind", "params", "from", "beta", ...REMARKS];
const HEADS: readonly unknown[] = ["softmax", "sigmoid", "tanh"];

/** Throws "format", "shape", "too-large", "params" or "graph", with the path to the fault. */
export function checkNetworkFile(json: unknown): CheckedNetworkFile {
  checkPlainJson(json);
  checkFormat(json);
  const file = objectAt("", json, FILE_KEYS);
  const { inputNames, inputs } = readInputs(file);
  const entries = arrayAt("layers", file.layers).map((layer, i) => objectAt(`layers[${i}]`, layer, LAYER_KEYS));
  if (entries.length === 0 && file.output === undefined)
    throw malformed("layers", "expected at least one layer, or an output that names an input");
  const find = sourceFinder(inputNames, readIds(entries));
  const layers = entries.map((entry, i) => readLayer(entry, i, inputNames, find));
  const output = file.output === undefined ? inputs.length + layers.length - 1 : find("output", file.output);
  return { inputNames, inputs, layers, output, ...(file.head == null ? {} : { head: readHead(file.head) }) };
}

function checkFormat(json: unknown): void {
  const { format, version } = objectAt("", json);
  if (format !== "maso-network") throw malformed("format", `expected "maso-network", got ${describe(format)}`);
  if (version !== 1) throw malformed("version", `expected 1, got ${describe(version)}`);
}

function readInputs({ input, inputs }: JsonObject): { readonly inputNames: readonly string[]; readonly inputs: readonly Shape[] } {
  if (input !== undefined && inputs !== undefined) throw malformed("inputs", "expected either input or inputs, got both");
  if (inputs === undefined) return { inputNames: ["input"], inputs: [shapeAt("input", input)] };
  const named = Array.isArray(inputs)
    ? inputs.map((shape, i): [string, unknown] => [String(i), shape])
    : Object.entries(objectAt("inputs", inputs));
  if (named.length === 0) throw malformed("inputs", "expected at least one input");
  const dot = Array.isArray(inputs) ? (name: string) => `inputs[${name}]` : (name: string) => `inputs.${name}`;
  return { inputNames: named.map(([name]) => name), inputs: named.map(([name, shape]) => shapeAt(dot(name), shape)) };
}

function shapeAt(path: string, value: unknown): Shape {
  const shape = arrayAt(path, value) as Shape;
  checkShape(path, shape);
  return shape;
}

function readIds(entries: readonly JsonObject[]): ReadonlyMap<string, number> {
  const ids = new Map<string, number>();
  entries.forEach((entry, i) => {
    const id = entry.id === undefined ? String(i) : stringAt(`layers[${i}].id`, entry.id);
    const other = ids.get(id);
    if (other !== undefined)
      throw new MasoError("graph", `layers[${i}].id: ${JSON.stringify(id)} is the id of layers[${other}] too; ids need to be unique`);
    ids.set(id, i);
  });
  return ids;
}

type FindSource = (path: string, name: unknown) => number;

/** The source that a name means: a layer's id, "input" where there is one input, "input:name". */
function sourceFinder(inputNames: readonly string[], ids: ReadonlyMap<string, number>): FindSource {
  return (path, value) => {
    const name = stringAt(path, value);
    const layer = ids.get(name);
    if (layer !== undefined) return inputNames.length + layer;
    if (name === "input" && inputNames.length === 1) return 0;
    const input = name.startsWith("input:") ? inputNames.indexOf(name.slice("input:".length)) : -1;
    if (input >= 0) return input;
    const known = inputNames.length === 1 ? '"input"' : inputNames.map((each) => JSON.stringify(`input:${each}`)).join(", ");
    throw new MasoError("graph", `${path}: there is no layer ${describe(name)}; expected the id of a layer or ${known}`);
  };
}

function readLayer(entry: JsonObject, i: number, inputNames: readonly string[], find: FindSource): CheckedLayer {
  const path = `layers[${i}]`;
  return {
    id: (entry.id as string | undefined) ?? String(i),
    kind: stringAt(`${path}.kind`, entry.kind),
    params: entry.params === undefined ? {} : objectAt(`${path}.params`, entry.params),
    from: readFrom(entry.from, `${path}.from`, i, inputNames, find),
    beta: readBeta(entry.beta, `${path}.beta`),
  };
}

function readFrom(from: unknown, path: string, i: number, inputNames: readonly string[], find: FindSource): readonly number[] {
  if (typeof from === "string") return [find(path, from)];
  if (from !== undefined) {
    const names = arrayAt(path, from);
    if (names.length === 0) throw malformed(path, "expected at least one source");
    return names.map((name, n) => find(`${path}[${n}]`, name));
  }
  if (i > 0) return [inputNames.length + i - 1];
  if (inputNames.length > 1)
    throw malformed(path, `expected one of ${inputNames.map((name) => `"input:${name}"`).join(", ")}: the network has several inputs`);
  return [0];
}

function readBeta(beta: unknown, path: string): number | Float64Array | undefined {
  if (beta === undefined) return undefined;
  const values = Array.isArray(beta) ? beta : [beta];
  const odd = values.find((value) => !(typeof value === "number" && value >= 0 && value <= 1));
  if (values.length === 0 || odd !== undefined)
    throw new MasoError("params", `${path}: expected numbers in [0, 1], got ${describe(odd ?? beta)}`);
  return Array.isArray(beta) ? Float64Array.from(beta as number[]) : (beta as number);
}

function readHead(head: unknown): Head | readonly (Head | null)[] {
  const list = Array.isArray(head) ? head : [head];
  const odd = list.findIndex((each) => !HEADS.includes(each) && !(each === null && Array.isArray(head)));
  if (odd >= 0 || list.length === 0)
    throw malformed(
      Array.isArray(head) ? `head[${Math.max(odd, 0)}]` : "head",
      `expected one of ${HEADS.join(", ")}, got ${describe(list[odd])}`,
    );
  return head as Head | readonly (Head | null)[];
}
