import { type Placed, Placing } from "./placing";
import type { VertexSigns } from "./vertex-signs";

/** Which vertices of a cut mesh are computed, and how. */
export interface AdvancePlan {
  /** By vertex: its row in the result, the wanted ones first; −1: it is not needed. */
  readonly slots: Int32Array;
  /** How many rows there are. */
  readonly count: number;
  /** Vertices that need whole products. */
  readonly whole: Int32Array;
  readonly placed: Placed;
}

/** Given vertices are whole, and of segments along which more than `most` units change so many that the others lie between close ones. */
export function planAdvance(signs: VertexSigns, wanted: Int32Array, most: number): AdvancePlan {
  const { mesh, given } = signs;
  const { base, vertices } = mesh;
  const isNeeded = new Uint8Array(vertices);
  const placing = new Placing(signs, most);
  for (let i = 0; i < wanted.length; i++) isNeeded[wanted[i]!] = 1;
  let count = 0;
  // Vertices come after those that they are placed by.
  for (let v = vertices - 1; v >= 0; v--) {
    if (isNeeded[v] === 0) continue;
    count++;
    if (v < given || signs.rows.kept(v) !== null || !placing.take(v)) continue;
    isNeeded[base[2 * v]!] = 1;
    isNeeded[base[2 * v + 1]!] = 1;
  }
  const slots = new Int32Array(vertices).fill(-1);
  const whole = new Int32Array(count);
  let [next, products] = [wanted.length, 0];
  for (let i = 0; i < wanted.length; i++) slots[wanted[i]!] = i;
  for (let v = 0; v < vertices; v++) {
    if (isNeeded[v] === 0) continue;
    if (slots[v]! < 0) slots[v] = next++;
    if (!placing.place(v)) whole[products++] = v;
  }
  for (const v of placing.anchors) whole[products++] = v;
  return { slots, count, whole: whole.subarray(0, products), placed: placing.placed };
}
