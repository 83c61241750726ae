import { MasoError } from "@maso/core";
import type { CheckedLayer } from "./check-network-file";

/** The layers' indices such that each stands after what it reads; otherwise as in the file. Throws "graph" naming a cycle. */
export function orderLayers(layers: readonly CheckedLayer[], inputs: number): readonly number[] {
  const order: number[] = [];
  const state = new Uint8Array(layers.length);
  /** Each reads the one after it; `next` counts which of its sources is looked at. */
  const open: { readonly layer: number; next: number }[] = [];
  const enter = (layer: number): void => {
    if (state[layer] === PLACED) return;
    if (state[layer] === OPEN)
      throw cycleError(layers, [...open.slice(open.findIndex((each) => each.layer === layer)).map((each) => each.layer), layer]);
    state[layer] = OPEN;
    open.push({ layer, next: 0 });
  };
  for (let first = 0; first < layers.length; first++) {
    enter(first);
    for (let top = open.at(-1); top !== undefined; top = open.at(-1)) {
      const source = layers[top.layer]!.from[top.next++];
      if (source === undefined) {
        order.push(top.layer);
        state[top.layer] = PLACED;
        open.pop();
      } else if (source >= inputs) enter(source - inputs);
    }
  }
  return order;
}

const OPEN = 1;
const PLACED = 2;

/** `readers` begins and ends with the same layer, each reading the next. */
function cycleError(layers: readonly CheckedLayer[], readers: readonly number[]): MasoError {
  const names = [...readers].reverse().map((i) => layers[i]!.id);
  return new MasoError(
    "graph",
    `layers: a cycle ${shortened(names).join(" -> ")}; expected every layer to read the input or other layers without a cycle`,
  );
}

function shortened(names: readonly string[]): readonly string[] {
  return names.length <= 8 ? names : [...names.slice(0, 6), "...", names.at(-1)!];
}
