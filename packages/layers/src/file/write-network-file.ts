import { type Head, MasoError, type Network, type NetworkNode, type Quantizer, type Shape, sourceShape } from "@maso/core";
import { builtins } from "../builtins";
import { isTensor, nestedNumbers } from "../params/tensor";
import type { Registry } from "../registry";

/** A network file: JSON that `readNetworkFile` makes the same network of. */
export interface NetworkFile {
  readonly format: "maso-network";
  readonly version: 1;
  readonly input?: Shape;
  readonly inputs?: Readonly<Record<string, Shape>>;
  readonly layers: readonly NetworkFileLayer[];
  readonly output?: string;
  readonly head?: Head | readonly (Head | null)[];
}

export interface NetworkFileLayer {
  readonly id?: string;
  readonly kind: string;
  readonly params?: unknown;
  readonly from?: string | readonly string[];
  readonly beta?: number | readonly number[];
}

export interface WriteNetworkFileOptions {
  /** `builtins` where absent. */
  readonly layers?: Pick<Registry, "operator">;
}

/** The network as JSON data. Throws "unknown-kind" where `layers` lacks a kind, "params" where a parameter is no JSON data. */
export function writeNetworkFile(network: Network, { layers = builtins }: WriteNetworkFileOptions = {}): NetworkFile {
  const { inputs, nodes, output, head } = network;
  const names = sourceNames(network);
  return {
    format: "maso-network",
    version: 1,
    ...writeInputs(network),
    layers: nodes.map((node, n) => writeLayer(network, node, n, names, layers)),
    ...(nodes.length > 0 && output === inputs.length + nodes.length - 1 ? {} : { output: names[output]! }),
    ...(head === undefined ? {} : { head }),
  };
}

const hasPlainInput = ({ inputs, inputNames }: Network): boolean => inputs.length === 1 && inputNames[0] === "input";

function writeInputs(network: Network): Pick<NetworkFile, "input" | "inputs"> {
  const { inputs, inputNames } = network;
  if (hasPlainInput(network)) return { input: inputs[0]! };
  const named = Object.fromEntries(inputNames.map((name, i) => [name, inputs[i]!]));
  if (Object.keys(named).join("\n") !== inputNames.join("\n"))
    throw new MasoError(
      "params",
      `network file: the input names ${inputNames.join(", ")} cannot be written in this order; they need to be unique words`,
    );
  return { inputs: named };
}

/** What a reference to each source is called in the file. */
function sourceNames(network: Network): readonly string[] {
  const ids = network.nodes.map(({ id }) => id);
  const plain = hasPlainInput(network) && !ids.includes("input");
  return [...network.inputNames.map((name) => (plain ? "input" : `input:${name}`)), ...ids];
}

function writeLayer(
  network: Network,
  { id, op, from }: NetworkNode,
  n: number,
  names: readonly string[],
  layers: Pick<Registry, "operator">,
): NetworkFileLayer {
  const params = toJson(op.params, `layers[${n}].params`) as object;
  const before = n === 0 ? (network.inputs.length === 1 ? 0 : -1) : network.inputs.length + n - 1;
  const beta =
    op.type === "affine"
      ? undefined
      : changedBeta(
          op,
          layers,
          from.map((source) => sourceShape(network, source)),
        );
  return {
    ...(id === String(n) ? {} : { id }),
    kind: op.kind,
    ...(Object.keys(params).length === 0 ? {} : { params }),
    ...(from.length === 1 && from[0] === before
      ? {}
      : { from: from.length === 1 ? names[from[0]!]! : from.map((source) => names[source]!) }),
    ...(beta === undefined ? {} : { beta }),
  };
}

/** The quantizer's β where its kind would build another one. */
function changedBeta(
  { kind, params, beta }: Quantizer,
  layers: Pick<Registry, "operator">,
  inputs: readonly Shape[],
): number | readonly number[] | undefined {
  const built = layers.operator(kind, params, inputs) as Quantizer;
  const values = (of: Quantizer["beta"]): readonly number[] => (typeof of === "number" ? [of] : [...of]);
  const same = typeof built.beta === typeof beta && values(built.beta).join() === values(beta).join();
  return same ? undefined : typeof beta === "number" ? beta : [...beta];
}

/** Parameters as JSON data: tensors and typed arrays as nested arrays. */
function toJson(value: unknown, path: string): unknown {
  if (value === null || typeof value === "string" || typeof value === "boolean") return value;
  if (typeof value === "number" && Number.isFinite(value)) return value;
  if (isTensor(value) && value.shape.length > 0) return nestedNumbers(value);
  if (ArrayBuffer.isView(value) && !(value instanceof DataView))
    return Array.from(value as Float64Array, (item, i) => toJson(item, `${path}[${i}]`));
  if (Array.isArray(value)) return value.map((item, i) => toJson(item, `${path}[${i}]`));
  if (typeof value === "object" && [Object.prototype, null].includes(Object.getPrototypeOf(value))) {
    const entries = Object.entries(value).filter(([, item]) => item !== undefined);
    return Object.fromEntries(entries.map(([key, item]) => [key, toJson(item, `${path}.${key}`)]));
  }
  throw new MasoError("params", `network file: ${path} is ${String(value)}; a file holds numbers, words, arrays and objects only`);
}
