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

export interface LayerWeights {
  /** Reading one that is not there, or holds no real numbers, throws "format". */
  readonly weights: Readonly<Record<string, Tensor>>;
  /** tfjs takes no weights that a layer does not have. Throws "format" where one was never read. */
  checkAllRead(): void;
}

/** One layer's weights as a rule reads them. */
export function weightsOf(file: string, id: string, layer: string, owned: OwnedWeights): LayerWeights {
  const own = owned.get(layer) ?? new Map<string, Tensor | string>();
  const read = new Set<string>();
  const fail = (problem: string): MasoError => new MasoError("format", `${file}: layer ${id}: ${problem}`);
  const known = [...own].filter((entry): entry is [string, Tensor] => typeof entry[1] === "object");
  const weights = new Proxy<Record<string, Tensor>>(Object.fromEntries(known), {
    get: (target, name) => {
      if (typeof name !== "string") return Reflect.get(target, name);
      read.add(name);
      const weight = own.get(name);
      if (typeof weight === "object") return weight;
      throw fail(weight === undefined ? `the weight files have no ${layer}/${name}; expected one` : `${layer}/${name} ${weight}`);
    },
  });
  const checkAllRead = (): void => {
    const unread = [...own.keys()].find((name) => !read.has(name));
    if (unread !== undefined) throw fail(`the weight files have ${layer}/${unread}, which its settings leave no place for`);
  };
  return { weights, checkAllRead };
}
