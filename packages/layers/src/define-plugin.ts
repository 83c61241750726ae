import type { Operator, OperatorBody, Shape } from "@maso/core";
import type { GenericSchema } from "valibot";
import type { Tensor } from "./params/tensor";
import type { TfjsNode, TfjsValue } from "./tfjs-node";

/** A layer: one value in one file. Everything else (forward, codes, local maps, bounds, backends) follows from what it builds. */
export interface LayerPlugin<Kind extends string = string, Given = unknown, Params = Given> {
  readonly kind: Kind;
  /** Checks the parameters and fills in defaults; a plugin without takes them as they come. */
  readonly params?: GenericSchema<Given, Params>;
  /**
   * The operator on inputs of these shapes (without batch). Throws MasoError, with `at` naming the parameter at fault.
   * A layer made of other layers finds them in `layers`.
   */
  build(params: Params, inputs: readonly Shape[], layers: OperatorSource): OperatorBody;
  readonly tfjs?: TfjsRules<Given>;
}

/** What makes operators of other kinds: a registry. */
export interface OperatorSource {
  operator(kind: string, params: unknown, inputs: readonly Shape[], where?: string): Operator;
}

/** How TensorFlow.js models say this layer. Rules of layers see no shapes: what depends on shapes belongs into `build`. */
export interface TfjsRules<Given> {
  /** By Keras class name. */
  readonly layers?: Readonly<Record<string, (layer: TfjsLayer, call: TfjsLayerCall) => Given | Chain | Refusal>>;
  /** By the name that an `activation` setting uses. */
  readonly activations?: Readonly<Record<string, () => Given>>;
  /** By the name of an op of graph-models. */
  readonly ops?: Readonly<Record<string, OpRule<Given>>>;
  /** By the op at whose end they stand: several nodes that together are this layer; looked at before all `ops`. */
  readonly patterns?: Readonly<Record<string, OpRule<Given | undefined>>>;
}

/**
 * Reads a node of a graph-model. `anyLayout` rules take values as they lie in memory, permuted or not: right for whatever treats all
 * axes alike or finds them through `node.axis`.
 */
export type OpRule<Result> = OpReader<Result> | { readonly anyLayout: OpReader<Result> };
export type OpReader<Result> = (node: TfjsNode) => Result | Chain | Outputs | Refusal;

/** A layer of a tfjs layers-model, as its file describes it. */
export interface TfjsLayer {
  readonly name: string;
  readonly className: string;
  readonly config: Readonly<Record<string, unknown>>;
  /** By the name after the layer's own: "kernel", "bias". Reading one that the weight files lack throws "format". */
  readonly weights: Readonly<Record<string, Tensor>>;
}

/** How a layers-model uses the layer. */
export interface TfjsLayerCall {
  /** Reads a layer within this one (a wrapper's), as if it stood in the model by itself. */
  inner(config: unknown): Chain | Refusal;
}

const CHAIN = Symbol.for("maso.chain");
const OUTPUTS = Symbol.for("maso.outputs");
const REFUSAL = Symbol.for("maso.refusal");

/** Several operators. The first reads the layer's inputs, the others what stands before them. */
export interface Chain {
  readonly [CHAIN]: true;
  readonly steps: readonly Step[];
  /** Of a graph's node: the values it reads instead of the node's own. */
  readonly reads?: readonly TfjsValue[];
  /** Of a graph's node: the shape of the result with its batch, where it is not [1, ...] the last step's output. */
  readonly shape?: Shape;
}

export interface Step {
  readonly kind: string;
  readonly params: unknown;
  /** The values read, then the steps, counted in order; the step before it where absent. */
  readonly from?: readonly number[];
  /** Why the layer is refused on inputs of these shapes, or null; for rules of layers, which see no shapes. */
  refusesOn?(inputs: readonly Shape[]): string | null;
}

/** Several results, each made of the same inputs. */
export interface Outputs {
  readonly [OUTPUTS]: true;
  readonly chains: readonly Chain[];
}

/** Why a layer is no affine spline. */
export interface Refusal {
  readonly [REFUSAL]: true;
  readonly reason: string;
}

/** For a tfjs rule: the layer is these operators, one after the other unless a step says what it reads. */
export function chain(...steps: Step[]): Chain {
  return { [CHAIN]: true, steps };
}

/** For a rule of a graph's op: the chain reads these values, not the node's own. */
export function reading(reads: readonly TfjsValue[], ...steps: Step[]): Chain {
  return { [CHAIN]: true, steps, reads };
}

/** For a rule of a graph's op: the result has this shape, with its batch. */
export function shaped(shape: Shape, ...steps: Step[]): Chain {
  return { [CHAIN]: true, steps, shape };
}

/** For a rule of a graph's op: the node has several results. */
export function outputs(...chains: Chain[]): Outputs {
  return { [OUTPUTS]: true, chains };
}

/** For a tfjs rule: the layer, as configured, cannot be represented, and why. */
export function refuse(reason: string): Refusal {
  return { [REFUSAL]: true, reason };
}

export function isChain(value: unknown): value is Chain {
  return typeof value === "object" && value !== null && CHAIN in value;
}

export function isOutputs(value: unknown): value is Outputs {
  return typeof value === "object" && value !== null && OUTPUTS in value;
}

export function isRefusal(value: unknown): value is Refusal {
  return typeof value === "object" && value !== null && REFUSAL in value;
}

/** A layer plugin with its parameter types inferred. */
export function definePlugin<const Kind extends string, Given = Record<never, never>, Params = Given>(
  plugin: LayerPlugin<Kind, Given, Params>,
): LayerPlugin<Kind, Given, Params> {
  return Object.freeze(plugin);
}
