import { checkShape, MasoError, type Shape } from "@maso/core";
import { imageShape } from "./image";
import { fits, formatOpenShape, isOpen, type OpenShape } from "./open-shape";
import { type Item, outerShape } from "./read-input";

/** An input as a model declares it. */
export interface DeclaredInput {
  readonly name: string;
  readonly shape: OpenShape;
}

/** The shapes known before any data: fixed ones, and those given as `64,64,3` or `name=64,64,3`; null where open. Throws "usage". */
export function knownShapes(texts: readonly string[], inputs: readonly DeclaredInput[]): readonly (Shape | null)[] {
  const given = new Map<string, Shape>();
  for (const text of texts) {
    const [, name, extents] = /^(?:(.*)=)?(\d+(?:,\d+)*)$/.exec(text) ?? [];
    if (extents === undefined) throw new MasoError("usage", `--input-shape ${text}: expected whole numbers as in 64,64,3 or name=64,64,3`);
    const input = inputs.find((each) => each.name === name) ?? (name === undefined && inputs.length === 1 ? inputs[0] : undefined);
    if (!input)
      throw new MasoError(
        "usage",
        `--input-shape ${text}: expected the name of an input before it (${inputs.map((each) => each.name).join(", ")})`,
      );
    const shape = extents.split(",").map(Number);
    checkShape("--input-shape", shape);
    if (!fits(input.shape, shape))
      throw new MasoError("shape", `--input-shape ${text}: input ${input.name} of the model needs ${formatOpenShape(input.shape)}`);
    given.set(input.name, shape);
  }
  return inputs.map(({ name, shape }) => given.get(name) ?? (isOpen(shape) ? null : (shape as Shape)));
}

/** The inputs' shapes, what is open taken from the first row of data. Throws "shape". */
export function shapesFor(inputs: readonly DeclaredInput[], known: readonly (Shape | null)[], item: Item | undefined): readonly Shape[] {
  return inputs.map(({ name, shape }, i) => {
    const found = known[i] ?? (item && shapeInItem(shape, item, i, inputs.length));
    if (found && fits(shape, found)) return found;
    const open = `the model leaves the shape of its input ${name} open, ${formatOpenShape(shape)}; it needs --input-shape`;
    throw new MasoError(
      "shape",
      item ? `${item.where}: ${open}, images, or rows nested in that shape` : `${open}, as in ${formatExample(shape)}`,
    );
  });
}

function shapeInItem(declared: OpenShape, { value }: Item, i: number, inputs: number): Shape | null {
  if ("image" in value) return inputs === 1 ? imageShape(declared, value.image) : null;
  if ("tensor" in value) return inputs === 1 ? value.tensor.shape : null;
  return outerShape(inputs === 1 ? value.json : (value.json as readonly unknown[])[i]);
}

const formatExample = (shape: OpenShape): string => shape.map((extent) => extent ?? 64).join(",");
