import { checkShape, type Head, MasoError, type Shape, sizeOf } from "@maso/core";
import { isRefusal, type Refusal, refuse } from "../../define-plugin";
import type { Tensor } from "../../params/tensor";
import { broadcastShape, unbatched } from "../../params/tfjs-operands";
import type { Registry } from "../../registry";
import type { TfjsAttributes } from "../../tfjs-node";
import type { DraftModel } from "../draft-layers";
import { refusalReason } from "../known-refusals";
import { applyRule, type Result } from "./apply-rule";
import { attributesOf, shapeAttribute } from "./attributes";
import { constantOps, shapeOps } from "./constant-ops";
import { GraphBuilder, type NodeName } from "./graph-builder";
import { type GraphNode, inOrder, parseReference } from "./graph-def";
import type { GraphInput, GraphOutput } from "./graph-signature";
import { type GraphConstant, type GraphData, type GraphValue, isStraight, straight, transposed } from "./graph-value";
import { collectOpRules } from "./op-rules";
import { runOnConstants } from "./run-on-constants";

export interface GraphToDraft {
  readonly file: string;
  readonly nodes: ReadonlyMap<string, GraphNode>;
  readonly inputs: readonly GraphInput[];
  readonly outputs: readonly GraphOutput[];
  readonly weights: ReadonlyMap<string, Tensor | null>;
  readonly layers: Pick<Registry, "plugins" | "operator">;
  /** A node whose value is wanted besides the outputs. */
  readonly cut?: string;
}

/** For an open extent, so that operators can be judged: large enough for most, small enough to be quick. */
const GUESSED_EXTENT = 64;
/** Ops whose result is what they read. */
export const ALIASES: ReadonlySet<string> = new Set([
  "Identity",
  "IdentityN",
  "StopGradient",
  "PreventGradient",
  "CheckNumerics",
  "Snapshot",
  "EnsureShape",
]);
const RESHAPES = new Set(["Reshape", "Squeeze", "ExpandDims"]);
const HEADS: Readonly<Record<string, Head>> = { Softmax: "softmax", Sigmoid: "sigmoid", Tanh: "tanh" };
const HEAD_KINDS: Readonly<Record<string, Head>> = { sigmoid: "sigmoid", tanh: "tanh" };

/**
 * A graph's nodes, judged by the rules of the registry's plugins and built on a batch of one. Constants are followed through shapes and
 * arithmetic; transpositions move nothing until somebody needs the axes in order. Behind a refusal, and where an input is open, what
 * fails for its shape alone is passed over: it proves nothing. Throws "format", "graph", "shape", "params", "non-finite" or "too-large".
 */
export function draftGraph(graph: GraphToDraft): DraftModel {
  const { file, nodes, inputs, outputs, cut } = graph;
  const rules = collectOpRules(graph.layers.plugins);
  const shapes = inputs.map(({ shape }) => shape.map((extent) => extent ?? GUESSED_EXTENT));
  inputs.forEach(({ name }, i) => checkShape(`${file}: input ${name}`, shapes[i]!));
  const builder = new GraphBuilder(shapes, graph.layers);
  const values = new Map<string, readonly GraphValue[]>();
  const heads = new Map<number, { readonly head: Head; readonly source: number }>();
  const cutAt = cut === undefined ? undefined : parseReference(cut);
  const wanted = [...outputs.map(({ node }) => node), ...(cutAt && nodes.has(cutAt.node) ? [cutAt.node] : [])];
  for (const node of inOrder(file, nodes, wanted)) values.set(node.name, readNode(node));
  const named = new Map<string, number>();
  if (cut !== undefined && cutAt && nodes.has(cutAt.node)) named.set(cut, sourceOf(cut, valueAt(cutAt, cut)));
  return {
    draft: { inputs, nodes: builder.nodes },
    outputs: outputs.map(({ name, node, output }) => ({ name, node, source: sourceOf(name, valueAt({ node, output }, name)) })),
    heads,
    named,
  };

  function valueAt({ node, output }: { readonly node: string; readonly output: number }, reader: string): GraphValue {
    const results = values.get(node) ?? [{ type: "unknown", source: null }];
    const value = results[output] ?? (results[0]?.type === "unknown" ? results[0] : undefined);
    if (!value) throw new MasoError("graph", `${file}: ${reader}: it reads output ${output} of ${node}, which has ${results.length}`);
    return value;
  }

  /** The source of an end of the network, and its head if it has one. */
  function sourceOf(name: string, value: GraphValue): number {
    const named = { id: name, op: "output", where: `${file}: output ${name}` };
    if (value.type !== "data") {
      if (value.type === "unknown" && value.source !== null) return value.source;
      return builder.appendOpaque(named, refuse("it does not depend on the input"), []);
    }
    const source = builder.inOrder({ ...value, via: value.via ?? named });
    if (value.head !== null) heads.set(source, value.head);
    return source;
  }

  function readNode(node: GraphNode): readonly GraphValue[] {
    const where = `${file}: node ${node.name}`;
    const name: NodeName = { id: node.name, op: node.op, where };
    const attributes = attributesOf(where, node);
    if (node.op === "Const") return [readConstant(where, node, attributes, graph.weights)];
    const input = inputs.findIndex((each) => each.name === node.name);
    if (input >= 0) return [inputValue(inputs[input]!, input, shapes[input]!, name)];
    const read = node.inputs.map((reference) => valueAt(reference, `node ${node.name}`));
    if (ALIASES.has(node.op) || node.op === "PlaceholderWithDefault") return read;
    if (node.op === "Cast" && read.length === 1 && read[0]!.type !== "constant") return castValue(name, attributes, read[0]!);
    const known = read.filter((value): value is Known => value.type !== "unknown");
    const shapeOp = Object.hasOwn(shapeOps, node.op) ? shapeOps[node.op] : undefined;
    if (shapeOp && read.length > 0) {
      const [value] = read;
      return value!.type === "unknown" ? [{ type: "unknown", source: null }] : [asConstant(shapeOp(value!.shape), true)];
    }
    if (known.length < read.length) return [behindUnknown(name, read)];
    return located(where, node.op, read, () => {
      if (known.length > 0 && known.every((value) => value.type === "constant")) return foldNode(name, node, attributes, known);
      return dataNode(name, node, attributes, known);
    });
  }

  function inputValue(declared: GraphInput, source: number, shape: Shape, name: NodeName): GraphValue {
    if (declared.dtype === "DT_STRING") return refusedValue(name, refuse("its input is words, not numbers"), []);
    const whole = declared.batched ? [1, ...shape] : shape;
    return dataValue({ source, shape: whole, layout: straight(whole.length), madeBy: null }, declared.shape.includes(null));
  }

  /** Casts between number types lose nothing on the numbers that the model is meant for, except to whole numbers. */
  function castValue(name: NodeName, attributes: TfjsAttributes, value: GraphValue): readonly GraphValue[] {
    const [from, to] = [attributes.text("SrcT"), attributes.text("DstT")];
    const isReal = (type: string): boolean => /^DT_(FLOAT|HALF|DOUBLE|BFLOAT16)$/.test(type);
    if (isReal(to) || to === from || (/INT/.test(from) && /INT(32|64)$/.test(to))) return [value];
    return [refusedValue(name, refuse(`it cuts numbers to ${to.replace("DT_", "").toLowerCase()}, a step function of its input`), [value])];
  }

  function dataNode(name: NodeName, node: GraphNode, attributes: TfjsAttributes, inputs: readonly Known[]): readonly GraphValue[] {
    const data = inputs.filter((value): value is GraphData => value.type === "data");
    const tentative = data.some((value) => value.tentative);
    if (node.op === "Transpose" && inputs[0]!.type === "data" && inputs[1]?.type === "constant")
      return [transposedValue(name, inputs[0]!, inputs[1]!)];
    if (data.length > 0) {
      const results = applyRule(name, node, attributes, inputs, rules, builder);
      if (results !== null && !isRefusal(results)) return results.map((result) => withHead(node.op, data[0]!, result, tentative));
      if (results !== null) return [refusedValue(name, results, inputs)];
    }
    const refused = refusedValue(name, refuse(refusalReason(node.op)), inputs);
    const head = HEADS[node.op];
    if (head === undefined || refused.type !== "data" || data.length !== 1) return [refused];
    return [{ ...refused, head: { head, source: builder.inOrder(data[0]!) } }];
  }

  function withHead(op: string, input: GraphData, result: Result, tentative: boolean): GraphData {
    const value = dataValue(result, tentative);
    const kind = result.lastKind === null ? undefined : HEAD_KINDS[result.lastKind];
    if (kind !== undefined) return { ...value, head: { head: kind, source: builder.nodes[result.source - shapes.length]!.from[0]! } };
    const kept = RESHAPES.has(op) && input.head !== null && (input.head.head !== "softmax" || input.shape.at(-1) === result.shape.at(-1));
    return kept ? { ...value, head: input.head } : value;
  }

  /** A node that is refused; later ones are judged as if it gave what its inputs broadcast to. */
  function refusedValue(name: NodeName, refusal: Refusal, inputs: readonly GraphValue[]): GraphValue {
    const data = inputs.filter((value) => value.type !== "constant" && value.source !== null) as readonly (GraphData & {
      source: number;
    })[];
    const sources = data.map((value) => value.source);
    const shape = commonShape(inputs);
    if (shape === null) return { type: "unknown", source: builder.appendOpaque(name, refusal, sources) };
    const source = builder.appendOpaque(name, refusal, sources, unbatched(shape));
    return dataValue({ source, shape, layout: straight(shape.length), madeBy: null }, true);
  }

  /** A node of which nothing but the op can be judged. */
  function behindUnknown(name: NodeName, read: readonly GraphValue[]): GraphValue {
    const sources = read.flatMap((value) => (value.type !== "constant" && value.source !== null ? [value.source] : []));
    const isKnown = rules.ops.has(name.op) || Object.hasOwn(constantOps, name.op) || name.op === "Transpose";
    if (sources.length === 0 && isKnown) return { type: "unknown", source: null };
    const content = isKnown ? { kind: name.op, params: null } : refuse(refusalReason(name.op));
    return { type: "unknown", source: builder.appendOpaque(name, content, sources) };
  }

  function foldNode(name: NodeName, node: GraphNode, attributes: TfjsAttributes, inputs: readonly Known[]): readonly GraphValue[] {
    const constants = inputs as readonly GraphConstant[];
    const whole = constants[0]!.whole;
    const tensors = constants.map(({ tensor }) => tensor);
    const fold = Object.hasOwn(constantOps, node.op) ? constantOps[node.op] : undefined;
    if (tensors.some((tensor) => tensor === null)) return [refusedValue(name, refuse("it reads words, which are no numbers"), [])];
    if (fold)
      return [asConstant(fold(tensors as readonly Tensor[], attributes), node.op === "Cast" ? /INT/.test(attributes.text("DstT")) : whole)];
    const results = runOnConstants(name, node, attributes, constants, rules, graph.layers);
    if (results === null) return [refusedValue(name, refuse(refusalReason(node.op)), [])];
    return results.map((tensor) => asConstant(tensor, whole));
  }

  /** Runs a node's reading; what fails behind a refusal or at a guessed size gives an unknown value. */
  function located(where: string, op: string, read: readonly GraphValue[], action: () => readonly GraphValue[]): readonly GraphValue[] {
    try {
      return action();
    } catch (error) {
      if (!(error instanceof MasoError)) throw error;
      const tentative = read.some((value) => value.type === "data" && value.tentative);
      if (tentative && (error.code === "shape" || error.code === "params" || error.code === "too-large"))
        return [behindUnknown({ id: where.split(": node ")[1]!, op, where }, read)];
      const place = error.message.startsWith(where) ? "" : `${where}: ${op}: `;
      throw new MasoError(error.code, `${place}${error.message}`, { cause: error, at: error.at });
    }
  }
}

type Known = GraphConstant | GraphData;

/** The shape that all values broadcast to; null where there is none. */
function commonShape(values: readonly GraphValue[]): Shape | null {
  if (values.some(({ type }) => type === "unknown")) return null;
  try {
    return (values as readonly Known[]).map(({ shape }) => shape).reduce(broadcastShape, []);
  } catch {
    return null;
  }
}

function dataValue(result: Pick<GraphData, "source" | "shape" | "layout" | "madeBy">, tentative: boolean): GraphData {
  const { source, shape, layout, madeBy } = result;
  return { type: "data", source, shape, layout, madeBy, via: null, head: null, tentative };
}

function asConstant(tensor: Tensor, whole: boolean): GraphConstant {
  return { type: "constant", shape: tensor.shape, tensor, whole };
}

/** A Transpose: nothing moves until somebody needs the axes in order. */
function transposedValue({ id, where }: NodeName, value: GraphData, { tensor }: GraphConstant): GraphData {
  const permutation = [...(tensor?.data ?? [])].map((axis) => (axis < 0 ? axis + value.shape.length : axis));
  if (permutation.length !== value.shape.length || straight(permutation.length).some((axis) => !permutation.includes(axis)))
    throw new MasoError("format", `its perm is [${permutation.join(", ")}]; expected a permutation of ${value.shape.length} axes`);
  const turned = transposed(value, permutation);
  return { ...turned, via: { id, where }, head: isStraight(turned.layout) ? value.head : null };
}

/** A weight, checked against what the topology says of it. */
function readConstant(where: string, node: GraphNode, attributes: TfjsAttributes, weights: GraphToDraft["weights"]): GraphConstant {
  const tensor = weights.get(node.name);
  if (tensor === undefined) throw new MasoError("format", `${where}: the weight files have no ${node.name}; expected one`);
  const declared = (node.attributes.value as { readonly tensor?: { readonly tensorShape?: unknown } } | undefined)?.tensor?.tensorShape;
  const shape = shapeAttribute(`${where}: attr.value.tensor.tensorShape`, declared);
  if (
    tensor !== null &&
    shape !== null &&
    (shape.length !== tensor.shape.length || shape.some((extent, axis) => extent !== tensor.shape[axis]))
  )
    throw new MasoError(
      "format",
      `${where}: the topology says shape [${shape.join(", ")}], the weight files [${tensor.shape.join(", ")}] (${sizeOf(tensor.shape)} values)`,
    );
  const dtype = attributes.text("dtype", "DT_FLOAT");
  return { type: "constant", shape: tensor?.shape ?? [], tensor, whole: /INT|BOOL/.test(dtype) };
}
