import { BLOCK_ROWS, isWorthChoosing } from "@maso/core/compute";
import type { Engine } from "../engine";
import { inFours, multiples } from "../multiply-panels";
import { halved } from "../workspace";
import type { KeptPanels } from "./kept-panels";

/** Values of A that are put side by side at a time: they stay in the cache. */
const BLOCK_VALUES = 2 ** 14;

/** Adds A·Bᵀ to rows where all lies in the kernels' memory, leaving out columns of A that are 0; gives false where there is no room. */
export function addRowProduct(
  { kernels, workspace }: Engine,
  kept: KeptPanels,
  rows: Float64Array,
  at: Int32Array,
  a: Float64Array,
  b: Float64Array,
  n: number,
  k: number,
): boolean {
  const m = at.length;
  const panels = kept.place(b, n, k);
  if (panels < 0) return false;
  const wide = inFours(n + 3);
  const height = Math.min(m, inFours(BLOCK_VALUES / k));
  const places = workspace.place({
    flags: k,
    live: halved(k),
    panels: k * wide,
    block: height * k,
    blockBases: halved(m),
    rowBases: halved(m),
    columns: halved(n),
    runs: 1,
    sums: 4 * BLOCK_ROWS,
  });
  if (places === null) return false;
  const live = kernels.liveColumns(a.byteOffset, m, k, places.flags, places.live);
  const isChosen = isWorthChoosing(live, m, k);
  const depth = isChosen ? live : k;
  workspace.put(
    at.map((row) => row * n),
    places.rowBases,
  );
  workspace.put(multiples(n, 1), places.columns);
  workspace.put(Int32Array.of(0), places.runs);
  workspace.put(multiples(isChosen ? height : m, depth), places.blockBases);
  const add = (from: number, count: number, block: number, packed: number): void =>
    kernels.addProduct(
      rows.byteOffset,
      places.rowBases + 4 * from,
      places.columns,
      block,
      places.blockBases,
      places.runs,
      1,
      depth,
      packed,
      count,
      n,
      BLOCK_ROWS,
      places.sums,
    );
  if (!isChosen) {
    add(0, m, a.byteOffset, panels);
    return true;
  }
  kernels.choosePanelRows(places.panels, panels, k, wide / 4, places.live, live);
  for (let from = 0; from < m; from += height) {
    const count = Math.min(height, m - from);
    kernels.chooseColumns(places.block, a.byteOffset + 8 * from * k, count, k, places.live, live);
    add(from, count, places.block, places.panels);
  }
  return true;
}
