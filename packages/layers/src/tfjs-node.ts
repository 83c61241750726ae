import type { Shape } from "@maso/core";
import type { Tensor } from "./params/tensor";

/** A node of a tfjs graph-model. Shapes are whole: they count the batch, which is always one. */
export interface TfjsNode {
  readonly name: string;
  readonly op: string;
  readonly inputs: readonly TfjsValue[];
  readonly attributes: TfjsAttributes;
  /** Where axis `axis` of the first input lies, counted from the front; negative ones count from the end. */
  axis(axis: number): number;
}

/** What a node reads: a constant, or values that depend on the input. */
export interface TfjsValue {
  readonly shape: Shape;
  /** The value where it is known: a weight, or what follows from weights and shapes. */
  readonly constant: Tensor | null;
  /** Two values of the same source are the same values; of constants null. */
  readonly source: number | null;
  /** The operator that made it of what it read; null for inputs and constants. */
  readonly madeBy: MadeBy | null;
}

export interface MadeBy {
  readonly kind: string;
  readonly params: unknown;
  readonly inputs: readonly TfjsValue[];
}

/** The attributes of a node. Each reader throws "format", naming the file, the node and the attribute, where it is not what it should be. */
export interface TfjsAttributes {
  has(name: string): boolean;
  /** Without a fallback the attribute must be there. */
  number(name: string, fallback?: number): number;
  flag(name: string, fallback?: boolean): boolean;
  text(name: string, fallback?: string): string;
  numbers(name: string, fallback?: readonly number[]): readonly number[];
  texts(name: string, fallback?: readonly string[]): readonly string[];
}
