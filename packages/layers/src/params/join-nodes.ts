import { formatShape, MasoError, type Shape, sameShape, sizeOf } from "@maso/core";
import { type Chain, type Step, shaped } from "../define-plugin";
import type { TfjsNode, TfjsValue } from "../tfjs-node";
import { axisOf, inputAt, reshapeStep } from "./on-axes";
import { wholesAt } from "./tfjs-operands";

/** Input (values, ..., axis): laid end to end. */
export function concatNode(node: TfjsNode): Chain {
  const values = node.inputs.slice(0, -1);
  checkCount(node, values.length);
  return joined(values, node.axis(wholesAt(node, node.inputs.length - 1, "axis")[0] ?? 0));
}

/** Input (axis, values, ...): the older form. */
export function oldConcatNode(node: TfjsNode): Chain {
  const values = node.inputs.slice(1);
  checkCount(node, values.length);
  return joined(values, axisOf(wholesAt(node, 0, "axis")[0] ?? 0, inputAt(node, 1, "values").shape.length));
}

/** Values of one shape along a new axis. Values whose shapes differ in axes of 1 take the first one's. */
export function packNode(node: TfjsNode): Chain {
  const { shape } = inputAt(node, 0, "values");
  const squeezed = (of: Shape): Shape => of.filter((extent) => extent !== 1);
  const odd = node.inputs.find((value) => !sameShape(squeezed(value.shape), squeezed(shape)));
  if (odd) throw new MasoError("shape", `its inputs have shapes ${formatShape(shape)} and ${formatShape(odd.shape)}; expected one shape`);
  const axis = axisOf(node.attributes.number("axis", 0), shape.length + 1);
  const whole = [...shape.slice(0, axis), node.inputs.length, ...shape.slice(axis)];
  const plain = node.inputs.every((value) => value.constant === null && sameShape(value.shape, shape));
  if (plain) return shaped(whole, { kind: "stack", params: { axis: shape[0] === 1 ? Math.max(axis - 1, 0) : axis } });
  const one = [...shape.slice(0, axis), 1, ...shape.slice(axis)];
  return joined(
    node.inputs.map((value) => ({ ...value, shape: one })),
    axis,
  );
}

/** tfjs reads as many values as N says, 2 where it says nothing. */
function checkCount({ attributes }: TfjsNode, count: number): void {
  const declared = attributes.number("N", 2);
  if (count !== declared || count === 0) throw new MasoError("format", `its N is ${declared}; it reads ${count} values`);
}

function joined(values: readonly TfjsValue[], axis: number): Chain {
  const first = values[0]!.shape;
  const odd = values.find(({ shape }) => shape.length !== first.length || shape.some((extent, a) => a !== axis && extent !== first[a]));
  if (odd) throw new MasoError("shape", `its inputs ${formatShape(first)} and ${formatShape(odd.shape)} need to agree off axis ${axis}`);
  const whole = first.map((extent, a) => (a === axis ? values.reduce((sum, { shape }) => sum + shape[axis]!, 0) : extent));
  if (values.some(({ constant }) => constant)) return shaped(whole, ...withConstants(values, axis, whole));
  if (values.length === 1) return shaped(whole);
  if (axis > 0 && first[0] === 1) return shaped(whole, { kind: "concat", params: { axis: axis - 1 } });
  return shaped(whole, ...onWholeShapes(values, { kind: "concat", params: { axis } }));
}

/** A step that reads all values with their batches. */
function onWholeShapes(values: readonly TfjsValue[], step: Step): readonly Step[] {
  const steps = values.map(({ shape }, i) => ({ ...reshapeStep(shape), from: [i] }));
  return [...steps, { ...step, from: steps.map((_, i) => values.length + i) }];
}

/** Each value with zeros where the others are, their sum, and the constants added where they belong. */
function withConstants(values: readonly TfjsValue[], axis: number, whole: Shape): readonly Step[] {
  const starts = values.map((_, i) => values.slice(0, i).reduce((sum, { shape }) => sum + shape[axis]!, 0));
  const data = values.flatMap((value, i) => (value.constant ? [] : [{ value, start: starts[i]! }]));
  const steps: Step[] = data.flatMap(({ value: { shape }, start }, i) => {
    const paddings = shape.map((extent, a) => (a === axis ? [start, whole[axis]! - start - extent] : [0, 0]));
    return [
      { ...reshapeStep(shape), from: [i] },
      { kind: "pad", params: { paddings } },
    ];
  });
  if (data.length > 1) steps.push({ kind: "add", params: {}, from: data.map((_, i) => data.length + 2 * i + 1) });
  return [...steps, { kind: "scale-shift", params: { shift: constantPart(values, starts, axis, whole) } }];
}

/** The constants among values laid along an axis, 0 where the others are. */
function constantPart(values: readonly TfjsValue[], starts: readonly number[], axis: number, whole: Shape): Float64Array {
  const result = new Float64Array(sizeOf(whole));
  const inner = sizeOf(whole.slice(axis + 1));
  values.forEach(({ constant, shape }, i) => {
    if (!constant) return;
    const length = shape[axis]! * inner;
    for (let block = 0; block < sizeOf(whole.slice(0, axis)); block++)
      result.set(constant.data.subarray(block * length, (block + 1) * length), block * whole[axis]! * inner + starts[i]! * inner);
  });
  return result;
}
