import "@tensorflow/tfjs-backend-cpu";
import { forward, identityError, inputSize, type Network, random, sizeOf } from "@maso/core";
import type * as tf from "@tensorflow/tfjs-core";
import { type ReadTfjsOptions, readTfjs, type TfjsReading } from "../../../src/tfjs";

/*
 * Graph-models as converters write them, made of a few lines:
 *
 *   const g = graph();
 *   const x = g.input("x", [null, 5, 4, 3]);                       // the first extent is the batch
 *   const k = g.weight([3, 3, 3, 2]);                              // seeded float32 numbers
 *   const y = g.node("Conv2D", [x, k], { strides: [1, 1, 1, 1], padding: "SAME" });
 *   const { network } = await checked(g.artifacts(y));             // throws unless it agrees with tfjs itself
 *
 * A second result of a node is `${y}:1`. Attributes: numbers become f or i, words s, `type("DT_INT32")` a type, arrays lists.
 */

export interface GraphWriter {
  input(name: string, shape: readonly (number | null)[], dtype?: string): string;
  /** Seeded, standard normal unless a function gives other numbers. */
  weight(shape: readonly number[], value?: (normal: () => number, i: number) => number): string;
  constant(values: number | readonly number[], shape?: readonly number[]): string;
  /** Of type int32: axes, shapes, paddings. */
  wholes(values: number | readonly number[], shape?: readonly number[]): string;
  node(op: string, inputs: readonly string[], attributes?: Readonly<Record<string, unknown>>, name?: string): string;
  /** Outputs in a signature, keyed by their names; without one where there is none. */
  artifacts(...outputs: string[]): tf.io.ModelArtifacts;
}

export const type = (name: string): object => ({ type: name });
/** A floating-point attribute, for numbers that happen to be whole. */
export const float = (value: number): object => ({ f: value });

export function graph(seed = 1): GraphWriter {
  const { normal } = random(seed);
  const nodes: object[] = [];
  const weights: { name: string; shape: number[]; dtype: "float32" | "int32"; values: number[] }[] = [];
  const named = (name: string): string => `${name}_${nodes.length}`;
  const add = (op: string, inputs: readonly string[], attr: object, name = named(op)): string => {
    nodes.push({ name, op, input: [...inputs], attr });
    return name;
  };
  const constant = (dtype: "float32" | "int32", shape: readonly number[], values: number[]): string => {
    const tensor = { tensorShape: { dim: shape.map((size) => ({ size: String(size) })) } };
    const dt = { type: dtype === "int32" ? "DT_INT32" : "DT_FLOAT" };
    const name = add("Const", [], { dtype: dt, value: { tensor: { ...tensor, dtype: dt.type } } });
    weights.push({ name, shape: [...shape], dtype, values });
    return name;
  };
  const listed = (values: number | readonly number[]): number[] => (typeof values === "number" ? [values] : [...values]);
  const shapeOf = (values: number | readonly number[], shape?: readonly number[]): readonly number[] =>
    shape ?? (typeof values === "number" ? [] : [values.length]);
  return {
    input: (name, shape, dtype = "DT_FLOAT") =>
      add(
        "Placeholder",
        [],
        { dtype: { type: dtype }, shape: { shape: { dim: shape.map((size) => ({ size: String(size ?? -1) })) } } },
        name,
      ),
    weight: (shape, value = (next) => next()) =>
      constant(
        "float32",
        shape,
        Array.from({ length: sizeOf(shape) }, (_, i) => Math.fround(value(normal, i))),
      ),
    constant: (values, shape) => constant("float32", shapeOf(values, shape), listed(values)),
    wholes: (values, shape) => constant("int32", shapeOf(values, shape), listed(values)),
    node: (op, inputs, attributes = {}, name) =>
      add(op, inputs, Object.fromEntries(Object.entries(attributes).map(([key, value]) => [key, attribute(value)])), name),
    artifacts: (...outputs) => {
      const bytes = weights.map(({ dtype, values }) => (dtype === "int32" ? Int32Array.from(values) : Float32Array.from(values)));
      const data = new Uint8Array(bytes.reduce((total, { byteLength }) => total + byteLength, 0));
      let at = 0;
      for (const each of bytes) {
        data.set(new Uint8Array(each.buffer), at);
        at += each.byteLength;
      }
      const signature = { outputs: Object.fromEntries(outputs.map((name) => [name, { name: name.includes(":") ? name : `${name}:0` }])) };
      return {
        format: "graph-model",
        modelTopology: { node: nodes, versions: { producer: 1 } },
        weightSpecs: weights.map(({ name, shape, dtype }) => ({ name, shape, dtype })),
        weightData: data.buffer,
        ...(outputs.length > 0 ? { signature: signature as tf.io.ModelArtifacts["signature"] } : {}),
      };
    },
  };
}

function attribute(value: unknown): object {
  if (typeof value === "boolean") return { b: value };
  if (typeof value === "string") return { s: btoa(value) };
  if (typeof value === "number") return Number.isInteger(value) ? { i: String(value) } : { f: value };
  if (!Array.isArray(value)) return value as object;
  if (value.every((each) => typeof each === "string")) return { list: { s: value.map((each) => btoa(each)) } };
  return { list: { i: value.map(String) } };
}

/** The reading of a model that must be representable, agree with tfjs and keep the identity. */
export async function checked(artifacts: tf.io.ModelArtifacts, options: ReadTfjsOptions = {}): Promise<TfjsReading & { network: Network }> {
  const reading = await readTfjs(artifacts, options);
  if (reading.network === null) throw new Error(`refused: ${JSON.stringify(reading.refused)}`);
  if (reading.check === null || !("error" in reading.check)) throw new Error(`not compared: ${JSON.stringify(reading.check)}`);
  const error = identityError(reading.network, pointFor(reading.network));
  if (!(error <= 1e-13)) throw new Error(`the identity error is ${error}`);
  return { ...reading, network: reading.network };
}

/** A seeded point for a network. */
export function pointFor(network: Network, seed = 5): Float64Array {
  const { normal } = random(seed);
  return Float64Array.from({ length: inputSize(network) }, normal);
}

/** What tfjs itself computes for some inputs, as flat numbers. */
export function outputAt(network: Network, x: ArrayLike<number>): number[] {
  return [...forward(network, Float64Array.from(x))];
}
