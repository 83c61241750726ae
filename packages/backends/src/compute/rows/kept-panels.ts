import type { Engine } from "../engine";
import { packColumns, stripFor } from "../multiply-panels";
import type { RowMemory } from "./row-memory";

/** Matrices in panels, where products read them. */
export class KeptPanels {
  private readonly placeOf = new WeakMap<Float64Array, number>();

  constructor(
    private readonly engine: Engine,
    private readonly memory: RowMemory,
  ) {}

  /** The place, in bytes, of the panels of Bᵀ for B [n, k]; −1 where there is no room. */
  place(b: Float64Array, n: number, k: number): number {
    const known = this.placeOf.get(b);
    if (known !== undefined) return known;
    const work = this.engine.workspace.place({ strip: stripFor(k) });
    const place = work === null ? -1 : this.memory.keep(8 * k * 4 * Math.ceil(n / 4));
    if (work !== null && place >= 0) packColumns(this.engine, { panels: place, strip: work.strip }, b, { k, n, transposeB: true }, 0, n);
    this.placeOf.set(b, place);
    return place;
  }
}
