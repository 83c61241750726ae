import { type Shape, sameShape } from "@maso/core";
import { type Chain, type Refusal, refuse, type Step, shaped } from "../define-plugin";
import type { TfjsNode, TfjsValue } from "../tfjs-node";
import { broadcastSteps, inputAt } from "./on-axes";
import { productReason } from "./product-reason";
import type { Tensor } from "./tensor";
import { broadcastShape, broadcastValues, dataOf } from "./tfjs-operands";

/** a + b: a shift where one is constant. */
export function addNode(node: TfjsNode): Chain {
  const [a, b] = operands(node);
  if (a.constant) return scaleShift(b, { shift: a.constant });
  return b.constant ? scaleShift(a, { shift: b.constant }) : joined(node, "add");
}

/** a − b. */
export function subtractNode(node: TfjsNode): Chain {
  const [a, b] = operands(node);
  if (a.constant) return scaleShift(b, { scale: MINUS_ONE, shift: a.constant });
  return b.constant ? scaleShift(a, { shift: mapped(b.constant, (value) => 0 - value) }) : joined(node, "subtract");
}

/** The sum of inputs of one shape, of which some may be constant. */
export function addNNode(node: TfjsNode): Chain | Refusal {
  const { shape } = inputAt(node, 0, "values");
  if (!node.inputs.every((value) => sameShape(value.shape, shape)))
    return refuse("its inputs have several shapes; TensorFlow.js adds those of one only");
  const shifts = node.inputs.flatMap(({ constant }) => (constant ? [shiftStep(constant, shape)] : []));
  return shaped(shape, ...(dataOf(node).length > 1 ? [{ kind: "add", params: {} }] : []), ...shifts);
}

/** a · b: a scale where one is constant. */
export function multiplyNode(node: TfjsNode): Chain | Refusal {
  const [a, b] = operands(node);
  if (a.constant) return scaleShift(b, { scale: a.constant });
  return b.constant ? scaleShift(a, { scale: b.constant }) : refuse(productReason(a, b));
}

/** a / b for a constant b; x / 0 is what `byZero` says, null: refused. */
export function divideNode(node: TfjsNode, byZero: number | null): Chain | Refusal {
  const [a, b] = operands(node);
  if (!b.constant)
    return refuse(
      a.constant
        ? "it divides by its input, which is not piecewise affine"
        : "it divides one branch by another, which is not piecewise affine",
    );
  if (/INT/.test(node.attributes.text("T", "DT_FLOAT")))
    return refuse("it divides whole numbers and cuts off the rest, which is a step function");
  if (byZero === null && b.constant.data.includes(0)) return refuse("it divides by a constant that is 0 in places");
  return scaleShift(a, { scale: mapped(b.constant, (value) => (value === 0 ? byZero! : 1 / value)) });
}

/** −x. */
export function negateNode(node: TfjsNode): Chain {
  return scaleShift(inputAt(node, 0, "values"), { scale: MINUS_ONE });
}

/** x to a constant power: only the first is affine. */
export function powerNode(node: TfjsNode): Chain | Refusal {
  const [a, b] = operands(node);
  if (!b.constant?.data.every((value) => value === 1)) return refuse("it raises values to a power, which is not piecewise affine");
  return scaleShift(a, { scale: b.constant });
}

const MINUS_ONE: Tensor = { shape: [], data: Float64Array.of(-1) };

const mapped = ({ shape, data }: Tensor, f: (value: number) => number): Tensor => ({ shape, data: data.map(f) });

function operands(node: TfjsNode): readonly [TfjsValue, TfjsValue] {
  return [inputAt(node, 0, "first operand"), inputAt(node, 1, "second operand")];
}

/** scale ∘ x + shift, all three broadcast. */
function scaleShift(value: TfjsValue, { scale, shift }: { readonly scale?: Tensor; readonly shift?: Tensor }): Chain {
  const whole = [scale, shift].reduce<Shape>((shape, part) => (part ? broadcastShape(shape, part.shape) : shape), value.shape);
  const params = {
    ...(scale ? { scale: broadcastValues(scale, whole) } : {}),
    ...(shift ? { shift: broadcastValues(shift, whole) } : {}),
  };
  return shaped(whole, ...broadcastSteps(value, whole), { kind: "scale-shift", params });
}

function shiftStep(constant: Tensor, whole: Shape): Step {
  return { kind: "scale-shift", params: { shift: broadcastValues(constant, whole) } };
}

/** Two branches, which broadcast. */
function joined({ inputs: [a, b] }: TfjsNode, kind: string): Chain {
  return shaped(broadcastShape(a!.shape, b!.shape), { kind, params: {} });
}
