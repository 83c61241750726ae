/** What a saved tfjs model consists of, wherever it came from. */
export interface Artifacts {
  /** For messages: the file, the URL or "model". */
  readonly name: string;
  readonly format: "tfjs-layers-model" | "tfjs-graph-model";
  /** Parsed JSON. */
  readonly topology: unknown;
  readonly weightSpecs: readonly WeightSpec[];
  readonly weightData: ArrayBuffer;
  /** Of a graph-model: the names of its inputs and outputs. */
  readonly signature?: unknown;
}

export interface WeightSpec {
  readonly name: string;
  readonly shape: readonly number[];
  readonly dtype: string;
  /** "optimizer" where it is none of the model's own. */
  readonly group?: string;
  readonly quantization?: { readonly dtype: string; readonly scale?: number; readonly min?: number };
}
