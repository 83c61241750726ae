import { MasoError, type Shape } from "@maso/core";
import type { TfjsAttributes, TfjsNode, TfjsValue } from "../../tfjs-node";
import type { GraphBuilder } from "./graph-builder";
import type { GraphNode } from "./graph-def";
import { type GraphConstant, type GraphData, isStraight, memoryShape, straight, transposed, transposeTensor } from "./graph-value";

/** A node as its rule sees it. */
export interface Presented {
  readonly node: TfjsNode;
  /** The values that are not constant, which the rule's first step reads. */
  readonly data: readonly TfjsValue[];
  /** The shape and the layout of a result that the rule sees in this shape. */
  restore(seen: Shape): Pick<GraphData, "shape" | "layout">;
}

export type Known = GraphConstant | GraphData;

/** The layout in which a rule that takes any sees a node: that of its data, where they agree. */
export function presentAsItLies(
  node: GraphNode,
  where: string,
  attributes: TfjsAttributes,
  inputs: readonly Known[],
  builder: GraphBuilder,
): Presented {
  const data = inputs.filter((value): value is GraphData => value.type === "data");
  const layout = data[0]!.layout;
  const agree = data.every((value) => value.layout.join() === layout.join());
  const larger = inputs.some((value) => value.type === "constant" && !value.whole && value.shape.length > layout.length);
  if (!agree || larger || isStraight(layout) || layout[0] !== 0) return presentInOrder(node, where, attributes, inputs, builder);
  const values = inputs.map((value) => (value.type === "data" ? seen(value, memoryShape(value), value.source) : constant(value, layout)));
  return presented(
    node,
    attributes,
    values,
    (axis) => layout.indexOf(axis),
    (shape) => {
      if (shape.length !== layout.length)
        throw new MasoError("shape", "the result of a node that treats all axes alike needs as many of them");
      return { shape: straight(shape.length).map((axis) => shape[layout.indexOf(axis)]!), layout };
    },
  );
}

/** All values with their axes in order; images of a node with data_format NCHW as channels-last ones. */
export function presentInOrder(
  node: GraphNode,
  where: string,
  attributes: TfjsAttributes,
  inputs: readonly Known[],
  builder: GraphBuilder,
): Presented {
  const channelsFirst = attributes.has("data_format") && /^NC[DHW]+$/.test(attributes.text("data_format"));
  const values = inputs.map((value) => {
    if (value.type === "constant") return constant(value, null);
    const turned = channelsFirst ? transposed(value, channelsLast(value.shape.length)) : value;
    const source = builder.inOrder({ ...turned, via: turned.via ?? { id: `${node.name}/channels-last`, where } });
    return seen(source === value.source ? turned : { ...turned, madeBy: null }, turned.shape, source);
  });
  return presented(
    node,
    attributes,
    values,
    (axis) => axis,
    (shape) => {
      const layout = straight(shape.length);
      if (!channelsFirst) return { shape, layout };
      return transposed({ shape, layout }, channelsFirstOf(shape.length));
    },
  );
}

/** N, C, spatial... becomes N, spatial..., C, and back. */
const channelsLast = (rank: number): readonly number[] => (rank < 3 ? straight(rank) : [0, ...straight(rank).slice(2), 1]);
const channelsFirstOf = (rank: number): readonly number[] => (rank < 3 ? straight(rank) : [0, rank - 1, ...straight(rank).slice(1, -1)]);

function presented(
  { name, op }: GraphNode,
  attributes: TfjsAttributes,
  values: readonly TfjsValue[],
  place: (axis: number) => number,
  restore: Presented["restore"],
): Presented {
  const rank = values[0]?.shape.length ?? 0;
  const axis = (given: number): number => {
    const whole = given < 0 ? given + rank : given;
    if (!Number.isInteger(given) || whole < 0 || whole >= rank)
      throw new MasoError("format", `axis ${given} is out of range for ${rank} axes`);
    return place(whole);
  };
  return { node: { name, op, inputs: values, attributes, axis }, data: values.filter((value) => value.constant === null), restore };
}

function seen({ madeBy }: GraphData, shape: Shape, source: number): TfjsValue {
  return { shape, constant: null, source, madeBy };
}

/** Numbers that broadcast with data follow its layout; axes, shapes and paddings are whole numbers and stay as they are. */
function constant({ tensor, whole, shape }: GraphConstant, layout: readonly number[] | null): TfjsValue {
  if (tensor === null) throw new MasoError("refused", "it reads words, which are no numbers");
  const rank = layout?.length ?? 0;
  if (layout === null || whole || shape.length > rank || tensor.data.length === 1)
    return { shape, constant: tensor, source: null, madeBy: null };
  const full = [...new Array<number>(rank - shape.length).fill(1), ...shape];
  const turned = transposeTensor({ shape: full, data: tensor.data }, layout);
  return { shape: turned.shape, constant: turned, source: null, madeBy: null };
}
