import type { OperatorBody, Shape } from "@maso/core";
import type { GenericSchema } from "valibot";
import type { Tensor } from "./params/tensor";

/** A layer: one value in one file. Everything else (forward, codes, local maps, bounds, backends) follows from what it builds. */
export interface LayerPlugin<Kind extends string = string, Given = unknown, Params = Given> {
  readonly kind: Kind;
  /** Checks the parameters and fills in defaults; a plugin without takes them as they come. */
  readonly params?: GenericSchema<Given, Params>;
  /** The operator on inputs of these shapes (without batch). Throws MasoError, with `at` naming the parameter at fault. */
  build(params: Params, inputs: readonly Shape[]): OperatorBody;
  readonly tfjs?: TfjsRules<Given>;
}

/** How TensorFlow.js models say this layer. Rules see no shapes: what depends on shapes belongs into `build`. */
export interface TfjsRules<Given> {
  /** By Keras class name. */
  readonly layers?: Readonly<Record<string, (layer: TfjsLayer) => Given | Chain | Refusal>>;
  /** By the name that an `activation` setting uses. */
  readonly activations?: Readonly<Record<string, () => Given>>;
}

/** A layer of a tfjs layers-model, as its file describes it. */
export interface TfjsLayer {
  readonly name: string;
  readonly className: string;
  readonly config: Readonly<Record<string, unknown>>;
  /** By the name after the layer's own: "kernel", "bias". Reading one that the weight files lack throws "format". */
  readonly weights: Readonly<Record<string, Tensor>>;
}

const CHAIN = Symbol.for("maso.chain");
const REFUSAL = Symbol.for("maso.refusal");

/** Several operators, each reading the one before it. */
export interface Chain {
  readonly [CHAIN]: true;
  readonly steps: readonly Step[];
}

export interface Step {
  readonly kind: string;
  readonly params: unknown;
}

/** Why a layer is no affine spline. */
export interface Refusal {
  readonly [REFUSAL]: true;
  readonly reason: string;
}

/** For a tfjs rule: the layer is these operators, one after the other. */
export function chain(...steps: Step[]): Chain {
  return { [CHAIN]: true, steps };
}

/** For a tfjs rule: the layer, as configured, cannot be represented, and why. */
export function refuse(reason: string): Refusal {
  return { [REFUSAL]: true, reason };
}

export function isChain(value: unknown): value is Chain {
  return typeof value === "object" && value !== null && CHAIN in value;
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
