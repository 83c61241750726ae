import { formatShape, MasoError, sameShape } from "@maso/core";
import type { TfjsNode, TfjsValue } from "../tfjs-node";
import type { Tensor } from "./tensor";
import { broadcastShape, broadcastValues, constantAt, unbatched } from "./tfjs-operands";

/**
 * Input i, a constant that broadcasts to the values, aligned with their shape without batch. A constant that would make the result larger
 * than the values is refused.
 */
export function constantLike(values: TfjsValue, node: TfjsNode, i: number, role: string): Tensor {
  const constant = constantAt(node, i, role);
  if (!sameShape(broadcastShape(values.shape, constant.shape), values.shape))
    throw new MasoError(
      "refused",
      `its ${role} of shape ${formatShape(constant.shape)} is larger than the values ${formatShape(values.shape)}, which it would repeat`,
    );
  const rank = unbatched(values.shape).length;
  return constant.shape.length <= rank ? constant : { shape: constant.shape.slice(constant.shape.length - rank), data: constant.data };
}

/** The same as a bound: one number where all are equal, else one for each channel or each value. */
export function boundLike(values: TfjsValue, node: TfjsNode, i: number, role: string): number | Float64Array {
  const numbers = broadcastValues(constantLike(values, node, i, role), unbatched(values.shape));
  return numbers.every((value) => value === numbers[0]) ? numbers[0]! : numbers;
}
