/** What went wrong, as a word that programs can rely on; the message is for people. */
export type MasoErrorCode =
  | "shape" // sizes or shapes do not fit
  | "params" // a parameter is missing, of the wrong type or out of range
  | "non-finite" // NaN or infinity where numbers must be finite
  | "unknown-kind" // no plugin of the registry has this kind
  | "duplicate-kind" // a registry already has a plugin of this kind
  | "graph" // a cycle, a dangling reference or a duplicate id
  | "file" // a file is missing or cannot be read
  | "format" // a file is not what it should be, or is truncated
  | "too-large" // a shape beyond what can be held
  | "refused" // a model with a layer that is no affine spline
  | "mismatch" // an imported network disagrees with the model it was read from
  | "soft" // needs a hard network
  | "discontinuous" // needs a continuous network
  | "unsupported" // the platform lacks what this needs
  | "worker" // a worker thread failed or could not be started
  | "usage" // a wrong option on the command line
  | "aborted";

export interface MasoErrorOptions extends ErrorOptions {
  /** The parameter at fault, as a path: "weight", "padding[0]". */
  readonly at?: string;
}

/** Every error that maso throws on purpose. One line: who, what is wrong, what was given, what is needed. */
export class MasoError extends Error {
  override readonly name = "MasoError";
  readonly at: string | undefined;
  constructor(
    readonly code: MasoErrorCode,
    message: string,
    options?: MasoErrorOptions,
  ) {
    super(message, options);
    this.at = options?.at;
  }
}
