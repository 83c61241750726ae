import { type Placed, Placing } from "./placing";
import type { VertexSigns } from "./vertex-signs";

/** Which vertices of a cut mesh are computed, and how. */
export interface AdvancePlan {
  /** By vertex: its row in the result, the wanted ones first; −1: it is not needed. Longer than what is in it. */
  readonly slots: Int32Array;
  /** How many rows there are. */
  readonly count: number;
  /** Vertices that need whole products. */
  readonly whole: Int32Array;
  readonly placed: Placed;
}

/** Makes one plan at a time, which is good until the next one. */
export class AdvancePlanner {
  private readonly placing = new Placing();
  private slots = new Int32Array(0);
  private whole = new Int32Array(0);

  /** Given vertices are whole, and of segments along which more than `most` units change so many that the others lie between close ones. */
  plan(signs: VertexSigns, wanted: Int32Array, most: number): AdvancePlan {
    const { placing } = this;
    const { vertices } = signs.mesh;
    placing.begin(signs, most);
    if (vertices > this.slots.length) {
      this.slots = new Int32Array(vertices + (vertices >> 1));
      this.whole = new Int32Array(this.slots.length);
    }
    const { slots, whole } = this;
    slots.fill(UNNEEDED, 0, vertices);
    for (let i = 0; i < wanted.length; i++) slots[wanted[i]!] = i;
    takeNeeded(signs, placing, slots);
    const count = numberNeeded(slots, vertices, wanted.length);
    let products = placeNeeded(placing, slots, vertices, whole);
    for (let i = 0; i < placing.anchorCount; i++) whole[products++] = placing.anchors[i]!;
    return { slots, count, whole: whole.subarray(0, products), placed: placing };
  }
}

const UNNEEDED = -1;
/** Needed by others, without a row yet. */
const NEEDED = -2;

/** Takes the new vertices that are needed and marks those that they are placed by, which come before them. */
function takeNeeded(signs: VertexSigns, placing: Placing, slots: Int32Array): void {
  const { given, rows } = signs;
  const { base } = signs.mesh;
  for (let v = signs.mesh.vertices - 1; v >= given; v--) {
    if (slots[v] === UNNEEDED || rows.kept(v) !== null || !placing.take(v)) continue;
    const a = base[2 * v]!;
    const b = base[2 * v + 1]!;
    if (slots[a] === UNNEEDED) slots[a] = NEEDED;
    if (slots[b] === UNNEEDED) slots[b] = NEEDED;
  }
}

/** Gives rows behind the wanted ones to others that are needed; gives how many rows there are. */
function numberNeeded(slots: Int32Array, vertices: number, wanted: number): number {
  let count = wanted;
  for (let v = 0; v < vertices; v++) if (slots[v] === NEEDED) slots[v] = count++;
  return count;
}

/** Places what was taken; writes other vertices that are needed, and gives how many there are. */
function placeNeeded(placing: Placing, slots: Int32Array, vertices: number, whole: Int32Array): number {
  let products = 0;
  for (let v = 0; v < vertices; v++) if (slots[v]! >= 0 && !placing.place(v)) whole[products++] = v;
  return products;
}
