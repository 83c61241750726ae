import { MasoError, type Shape, sameShape, totalSize } from "@maso/core";
import { readTensor, type Tensor } from "@maso/layers";
import { imageTensor, type Scaling } from "./image";
import type { Item } from "./read-input";

/** Points to run a network on: x is [rows, inputs]. */
export interface Points {
  readonly x: Float64Array;
  readonly labels: readonly string[];
}

/** The rows as the model's inputs want them. Throws "shape", "format" or "non-finite" naming the row. */
export function pointsOf(items: readonly Item[], inputs: readonly Shape[], scaling: Scaling): Points {
  const size = totalSize(inputs);
  const x = new Float64Array(items.length * size);
  items.forEach((item, i) => {
    let at = i * size;
    for (const { data } of partsOf(item, inputs, scaling)) {
      x.set(data, at);
      at += data.length;
    }
  });
  return { x, labels: items.map(({ label }) => label) };
}

/** One flat part, or one for each input. */
function partsOf({ where, value }: Item, inputs: readonly Shape[], scaling: Scaling): readonly Tensor[] {
  if ("image" in value) {
    if (inputs.length > 1) throw new MasoError("shape", `${where}: one image given; the model needs ${inputs.length} inputs in each row`);
    return [imageTensor(where, value.image, inputs[0]!, scaling)];
  }
  const json = "json" in value ? value.json : undefined;
  if (inputs.length > 1 && Array.isArray(json) && json.some(Array.isArray)) {
    if (json.length !== inputs.length)
      throw new MasoError("shape", `${where}: ${json.length} parts given; the model needs ${inputs.length}, one for each input`);
    return json.map((part, i) => checked(`${where}: input ${i}`, asTensor(`${where}: input ${i}`, part), [inputs[i]!]));
  }
  return [checked(where, "tensor" in value ? value.tensor : asTensor(where, json), inputs)];
}

function asTensor(where: string, value: unknown): Tensor {
  const tensor = readTensor(value);
  if (typeof tensor !== "string") return tensor;
  throw new MasoError(tensor.includes("finite") ? "non-finite" : "shape", `${where}: ${tensor}`);
}

/** Flat, or in the shape of the one input. */
function checked(where: string, tensor: Tensor, inputs: readonly Shape[]): Tensor {
  const { shape } = tensor;
  const size = totalSize(inputs);
  if ((shape.length === 1 && shape[0] === size) || (inputs.length === 1 && sameShape(shape, inputs[0]!))) return tensor;
  const given = shape.length === 1 ? `${shape[0]} numbers` : `shape [${shape.join(", ")}]`;
  const nested = inputs.length > 1 ? inputs.map((each) => `[${each.join(", ")}]`).join(" and ") : `shape [${inputs[0]!.join(", ")}]`;
  throw new MasoError("shape", `${where}: ${given} given; the model needs ${nested}, or ${size} numbers in a flat row`);
}
