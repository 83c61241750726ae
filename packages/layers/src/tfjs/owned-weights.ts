import { MasoError } from "@maso/core";
import type { Tensor } from "../params/tensor";
import type { Weights } from "./decode-weights";

/** By layer, its weights by the names behind the layer's own; text says why one cannot be read. */
export type OwnedWeights = ReadonlyMap<string, ReadonlyMap<string, Tensor | string>>;

/**
 * Every weight with the layer that has it: the one with the longest name in front of it, since names hold slashes too. As tfjs does, one
 * inner name may stand between (`layer/cell/kernel`). Throws "format" for a weight of no layer.
 */
export function ownedWeights(file: string, weights: Weights, layers: Iterable<string>): OwnedWeights {
  const names = new Set(layers);
  const owned = new Map<string, Map<string, Tensor | string>>();
  for (const [name, tensor] of weights) {
    const owner = ownerOf(name, names);
    if (owner === undefined)
      throw new MasoError("format", `${file}: weight ${name} belongs to no layer of the model; expected layer/weight`);
    const parts = name.slice(owner.length + 1).split("/");
    if (parts.length > 2) continue;
    const last = parts.at(-1)!;
    const own = owned.get(owner) ?? new Map<string, Tensor | string>();
    own.set(last, own.has(last) ? "occurs twice; expected one" : (tensor ?? "holds no real numbers; expected some"));
    owned.set(owner, own);
  }
  return owned;
}

function ownerOf(name: string, layers: ReadonlySet<string>): string | undefined {
  for (let end = name.lastIndexOf("/"); end > 0; end = name.lastIndexOf("/", end - 1)) {
    const owner = name.slice(0, end);
    if (layers.has(owner)) return owner;
  }
  return undefined;
}

/** One layer's weights as a rule reads them. Reading one that is not there, or holds no real numbers, throws "format". */
export function weightsOf(file: string, id: string, layer: string, weights: OwnedWeights): Readonly<Record<string, Tensor>> {
  const own = weights.get(layer) ?? new Map<string, Tensor | string>();
  const known = [...own].filter((entry): entry is [string, Tensor] => typeof entry[1] === "object");
  return new Proxy(Object.fromEntries(known), {
    get: (target, name) => {
      if (typeof name !== "string" || Object.hasOwn(target, name)) return Reflect.get(target, name);
      const problem = own.has(name) ? `${layer}/${name} ${own.get(name)}` : `the weight files have no ${layer}/${name}; expected one`;
      throw new MasoError("format", `${file}: layer ${id}: ${problem}`);
    },
  });
}
