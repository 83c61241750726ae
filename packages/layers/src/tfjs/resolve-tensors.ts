import { MasoError } from "@maso/core";
import type { LayerConfig, TensorReference } from "./layers-config";

export interface FunctionalModel {
  /** The file, and the model where it is a nested one. */
  readonly where: string;
  readonly byName: ReadonlyMap<string, LayerConfig>;
  /** What the input layers stand for. */
  readonly given: ReadonlyMap<string, number>;
  /** The number of a layer's first use in the file. */
  readonly firstNode: ReadonlyMap<string, number>;
}

/** One use of a layer that others read. */
interface Use {
  readonly key: string;
  readonly layer: LayerConfig;
  readonly inbound: readonly TensorReference[];
  /** How many of `inbound` are there already. */
  done: number;
}

/**
 * What the references of a functional model stand for, each layer's use called once, after what it reads. Depth costs no call stack.
 * Throws "graph".
 */
export function resolveTensors(
  { where, byName, given, firstNode }: FunctionalModel,
  wanted: readonly TensorReference[],
  call: (layer: LayerConfig, from: readonly number[]) => readonly number[],
): readonly number[] {
  const results = new Map<string, readonly number[]>();
  for (const reference of wanted) visit(reference);
  return wanted.map(read);

  function visit(root: TensorReference): void {
    const open: Use[] = [];
    const isOpen = new Set<string>();
    enter(root);
    for (let use = open.at(-1); use !== undefined; use = open.at(-1)) {
      if (use.done < use.inbound.length) {
        enter(use.inbound[use.done++]!);
        continue;
      }
      results.set(use.key, call(use.layer, use.inbound.map(read)));
      isOpen.delete(use.key);
      open.pop();
    }

    function enter(reference: TensorReference): void {
      if (given.has(reference[0])) return;
      const use = useOf(reference);
      if (results.has(use.key)) return;
      if (isOpen.has(use.key)) throw new MasoError("graph", `${where}: layer ${use.layer.name}: it depends on its own output`);
      isOpen.add(use.key);
      open.push(use);
    }
  }

  function useOf([name, node]: TensorReference): Use {
    const layer = byName.get(name);
    if (!layer) throw new MasoError("graph", `${where}: there is no layer ${name}, but others read it`);
    const use = node - firstNode.get(name)!;
    const inbound = layer.inbound[use];
    if (!inbound) throw new MasoError("graph", `${where}: layer ${name}: it has no use ${node}, but others read it`);
    return { key: `${name}/${use}`, layer, inbound, done: 0 };
  }

  function read(reference: TensorReference): number {
    const [name, , tensor] = reference;
    const at = given.get(name) ?? results.get(useOf(reference).key)![tensor];
    if (at === undefined) throw new MasoError("graph", `${where}: layer ${name}: it has no output ${tensor}, but others read it`);
    return at;
  }
}
