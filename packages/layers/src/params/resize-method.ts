import { picklist } from "valibot";

const METHODS = ["nearest", "bilinear"] as const;

/** How an image gets another size. */
export type ResizeMethod = (typeof METHODS)[number];

export const resizeMethod = picklist(METHODS, 'expected "nearest" or "bilinear"');

/** The interpolation of a Keras layer, or the reason why it is refused. */
export function configMethod(given: unknown, fallback: ResizeMethod): { readonly method: ResizeMethod } | string {
  const method = METHODS.find((each) => each === (given ?? fallback));
  return method ? { method } : `TensorFlow.js has no interpolation ${String(given)}; it has nearest and bilinear`;
}
