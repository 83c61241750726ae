import { type Network, type Quantizer, unitsOf } from "@maso/core";
import { type ExactRun, exactNetwork, exactPoint } from "../exact";
import { type CutNames, namesOf } from "./cut-names";
import { type Cuts, cutsOf } from "./cuts";
import { fixedSigns } from "./fixed-signs";
import type { Slice } from "./slice";
import type { ValueNumbers } from "./value-numbers";

/**
 * The cuts of a quantizer, told by the classes of what it reads which are the same, and on a slice which have one sign all over it, and
 * which are those of other quantizers that were named before.
 */
export function cutsOn(network: Network, n: number, numbers: ValueNumbers, exactSigns: ExactSigns | null, named: CutNames): Cuts {
  const { op, from } = network.nodes[n]! as { readonly op: Quantizer; readonly from: readonly number[] };
  const reads = numbers.joined(from);
  const cuts = cutsOf(op, firstOfClass(reads));
  if (exactSigns === null) return cuts;
  const { units, pieces, others } = cuts;
  const settle = (cut: number): -1 | 0 | 1 => exactSigns().sign(n, units[cut]!, pieces[cut]!, others[cut]!);
  return { ...cuts, fixed: fixedSigns(cuts, unitsOf(op), numbers, reads, settle), names: namesOf(cuts, reads, named) };
}

/** Exact signs at one point, worked out when the first is asked for. */
export type ExactSigns = () => Pick<ExactRun, "sign">;

/** The network at one corner of the window. */
export function atCorner(network: Network, slice: Slice): ExactSigns {
  let run: ExactRun | null = null;
  return () => {
    run ??= exactNetwork(network, slice).at(exactPoint(slice.window[0]!, slice.window[1]!));
    return run;
  };
}

/** By value, the first of its class; null where all differ. */
function firstOfClass(classes: Int32Array): Int32Array | null {
  const first = new Map<number, number>();
  classes.forEach((c, i) => {
    if (!first.has(c)) first.set(c, i);
  });
  return first.size === classes.length ? null : classes.map((c) => first.get(c)!);
}
