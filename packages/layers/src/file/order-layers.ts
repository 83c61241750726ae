import { MasoError } from "@maso/core";
import type { CheckedLayer } from "./check-network-file";

/** The layers' indices such that each stands after what it reads; otherwise as in the file. Throws "graph" naming a cycle. */
export function orderLayers(layers: readonly CheckedLayer[], inputs: number): readonly number[] {
  const order: number[] = [];
  const placed = new Set<number>();
  const isReady = ({ from }: CheckedLayer): boolean => from.every((source) => source < inputs || placed.has(source - inputs));
  let left = layers.map((_, i) => i);
  while (left.length > 0) {
    const before = order.length;
    left = left.filter((i) => {
      if (!isReady(layers[i]!)) return true;
      placed.add(i);
      order.push(i);
      return false;
    });
    if (order.length === before) throw cycleError(layers, inputs, left);
  }
  return order;
}

/** Every layer left reads another one that is left: following those ends in a cycle. */
function cycleError(layers: readonly CheckedLayer[], inputs: number, left: readonly number[]): MasoError {
  const remaining = new Set(left);
  const walk: number[] = [];
  let at = left[0]!;
  while (!walk.includes(at)) {
    walk.push(at);
    at = layers[at]!.from.find((source) => remaining.has(source - inputs))! - inputs;
  }
  const cycle = [...walk.slice(walk.indexOf(at)), at].reverse().map((i) => layers[i]!.id);
  return new MasoError(
    "graph",
    `layers: a cycle ${shortened(cycle).join(" -> ")}; expected every layer to read the input or other layers without a cycle`,
  );
}

function shortened(names: readonly string[]): readonly string[] {
  return names.length <= 8 ? names : [...names.slice(0, 6), "...", names.at(-1)!];
}
