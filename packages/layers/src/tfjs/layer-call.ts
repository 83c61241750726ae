/** One use of a layer in a layers-model: nested models are opened, shared layers appear once per use. */
export interface LayerCall {
  /** Unique: the layer's name, behind those of the models it is nested in; "#2" for its second use. */
  readonly id: string;
  /** The layer's own name, under which its weights are stored; "#2" behind it for the second layer of that name in nested models. */
  readonly layer: string;
  readonly className: string;
  readonly config: Readonly<Record<string, unknown>>;
  /** Sources: the inputs, then the calls. */
  readonly from: readonly number[];
}

export interface LayerCalls {
  readonly inputs: readonly { readonly name: string; readonly shape: readonly (number | null)[] }[];
  readonly calls: readonly LayerCall[];
  readonly outputs: readonly { readonly name: string; readonly source: number }[];
}
