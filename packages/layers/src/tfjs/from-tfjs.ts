import { MasoError, type Network } from "@maso/core";
import { type ReadTfjsOptions, readTfjs } from "./read-tfjs";
import type { TfjsSource } from "./tfjs-source";

export interface FromTfjsOptions extends ReadTfjsOptions {
  /** Told in one line where the network could not be compared with the model itself. */
  readonly onNotice?: (notice: string) => void;
}

/**
 * A tfjs model as a network, compared with the model's own output. Throws "refused" with all that is refused, and what readTfjs throws.
 *
 * ```ts
 * const network = await fromTfjs(await tf.loadLayersModel("model.json"));
 * ```
 */
export async function fromTfjs(model: TfjsSource, options: FromTfjsOptions = {}): Promise<Network> {
  const { network, refused, inputs, check } = await readTfjs(model, options);
  if (network === null && refused.length === 0) {
    const open = inputs.map(({ name, shape }) => `${name} [${shape.map((extent) => extent ?? "any").join(", ")}]`);
    throw new MasoError(
      "shape",
      `the model leaves the size of its input open: ${open.join(", ")}; give inputShape, the shape to analyse it at`,
    );
  }
  if (network === null) {
    const list = refused.map(
      ({ node, op, reason, cuts }) => `${node} (${op}): ${reason}${cuts.length > 0 ? `; cut at ${cuts.join(" or ")}` : ""}`,
    );
    throw new MasoError("refused", `the model is refused: ${list.join(". ")}`);
  }
  if (check !== null && "skipped" in check) options.onNotice?.(`not compared with the model itself: ${check.skipped}`);
  return network;
}
