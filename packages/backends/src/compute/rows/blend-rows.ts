import type { Blends } from "@maso/core/compute";
import type { Engine } from "../engine";
import { halved } from "../workspace";

/** Writes rows in the kernels' memory; gives false where there is no room for what says how. `table` has the places of columns by unit. */
export function blendRows({ kernels, workspace }: Engine, rows: Float64Array, width: number, blends: Blends, table: Int32Array): boolean {
  const { count, at, ends, parts, start, end, units, factors, uncertain, sizes, errors } = blends;
  const places = workspace.place({
    at: halved(count),
    ends: count,
    parts: count,
    start: halved(count),
    end: halved(count),
    units: halved(units.length),
    factors: factors.length,
    uncertain: uncertain.length,
    table: halved(table.length),
    sizes: sizes.length,
    errors: errors.length,
  });
  if (places === null) return false;
  workspace.put(table, places.table);
  workspace.put(units, places.units);
  workspace.put(factors, places.factors);
  workspace.put(uncertain, places.uncertain);
  workspace.put(at.subarray(0, count), places.at);
  workspace.put(ends.subarray(0, 2 * count), places.ends);
  workspace.put(parts.subarray(0, count), places.parts);
  workspace.put(start.subarray(0, count), places.start);
  workspace.put(end.subarray(0, count), places.end);
  workspace.put(sizes, places.sizes);
  workspace.put(errors, places.errors);
  kernels.blendRows(
    rows.byteOffset,
    width,
    count,
    places.at,
    places.ends,
    places.parts,
    places.start,
    places.end,
    places.units,
    places.factors,
    places.uncertain,
    places.table,
    places.sizes,
    places.errors,
  );
  sizes.set(workspace.at(places.sizes, sizes.length));
  errors.set(workspace.at(places.errors, errors.length));
  return true;
}
