import type { LayersModel } from "@tensorflow/tfjs-layers";
import type { WeightSpec } from "./artifacts";

/** What tells layers of the same name in different nested models apart: `d`, `d#2`, as they stand in the topology. */
export function twinName(name: string, twin: number): string {
  return twin === 0 ? name : `${name}#${twin + 1}`;
}

/**
 * The weights of a model in memory under names that are unique: tfjs saves those of layers of the same name in different nested models
 * under one name, `d/kernel`; here the second layer's is `d#2/kernel`.
 */
export function distinctSpecs(model: Pick<LayersModel, "layers" | "weights">, specs: readonly WeightSpec[]): readonly WeightSpec[] {
  if (new Set(specs.map(({ name }) => name)).size === specs.length || model.weights?.length !== specs.length) return specs;
  const owners = ownersOf(model);
  return specs.map((spec, i) => {
    const owner = owners.get(model.weights[i]!.id)?.shift();
    if (owner === undefined || !spec.name.startsWith(`${owner.name}/`)) return spec;
    return { ...spec, name: twinName(owner.name, owner.twin) + spec.name.slice(owner.name.length) };
  });
}

/** By a weight's id: the layers that have it, with how many of the same name stand before each. */
function ownersOf(model: Pick<LayersModel, "layers">): ReadonlyMap<number, { readonly name: string; readonly twin: number }[]> {
  const owners = new Map<number, { readonly name: string; readonly twin: number }[]>();
  const seen = new Map<string, number>();
  const open = [...model.layers].reverse();
  for (let layer = open.pop(); layer !== undefined; layer = open.pop()) {
    const { name, weights } = layer;
    if ("layers" in layer) {
      for (const inner of [...(layer as unknown as LayersModel).layers].reverse()) open.push(inner);
      continue;
    }
    const twin = seen.get(name) ?? 0;
    seen.set(name, twin + 1);
    for (const { id } of weights) owners.set(id, [...(owners.get(id) ?? []), { name, twin }]);
  }
  return owners;
}
