import { type AffineTable, type Network, type Quantizer, sizeOf, unitsOf } from "@maso/core";
import { type ConvexPolygon, clip } from "./convex-polygon";
import { combine, type Form, isZero, minus, ONE, ZERO } from "./exact-plane";

/** One of the affine functions a unit may use, and the function by whose size it is chosen. */
export interface Candidate {
  readonly choice: number;
  readonly value: Form;
  readonly selector: Form;
}

/** What unit k may choose among, given the exact forms of all that its quantizer reads. */
export function candidates(quantizer: Quantizer, k: number, read: readonly Form[]): Candidate[] {
  const { reads, arity, pieces, table, selectors, selectorSign } = unitsOf(quantizer);
  const indices = Array.from({ length: arity }, (_, i) => (reads ? reads[k * arity + i]! : k));
  const found: Candidate[] = [];
  for (let r = 0; r < pieces; r++) {
    const value = affine(table, k, r, indices, read);
    const selector = selectors === table && selectorSign === 1 ? value : affine(selectors, k, r, indices, read, selectorSign);
    if (value && selector) found.push({ choice: r, value, selector });
  }
  return found;
}

/** Candidates of a ReLU and a max-pool that count as one: 0, and the values in the pool's window. */
export function pairCandidates(pool: Quantizer, k: number, read: readonly Form[]): Candidate[] {
  const window = candidates(pool, k, read).map(({ choice, value }) => ({ choice: choice + 1, value, selector: value }));
  return [{ choice: 0, value: ZERO, selector: ZERO }, ...window];
}

/** The cells of the argmax of the selectors within a polygon, those without area left out; a tie on a whole cell goes to the first one. */
export function cellsOf(
  polygon: ConvexPolygon,
  among: readonly Candidate[],
): { readonly polygon: ConvexPolygon; readonly used: Candidate }[] {
  return among.flatMap((used, r) => {
    let cell: ConvexPolygon | null = polygon;
    among.forEach(({ selector }, q) => {
      if (q === r || cell === null) return;
      const lead = minus(used.selector, selector);
      if (!isZero(lead)) cell = clip(cell, lead);
      else if (q < r) cell = null;
    });
    return cell === null ? [] : [{ polygon: cell, used }];
  });
}

/** Function r of table row k, or the r-th value read where there is no table (table null, times ±1); null where it reads what does not exist. */
function affine(table: AffineTable | null, k: number, r: number, indices: readonly number[], read: readonly Form[], sign = 1): Form | null {
  if (table === null) return indices[r]! < 0 ? null : combine([[sign, read[indices[r]!]!]]);
  const at = (k % table.rows) * table.pieces + r;
  const slopes = [...table.slopes.subarray(at * table.arity, (at + 1) * table.arity)];
  if (slopes.some((slope, i) => slope !== 0 && indices[i]! < 0)) return null;
  return combine([...slopes.map((slope, i) => [slope, read[indices[i]!] ?? ZERO] as const), [table.offsets[at]!, ONE]]);
}

/** The nodes that the output depends on. */
export function neededNodes({ inputs, nodes, output }: Network): Set<number> {
  const needed = new Set<number>();
  const need = (source: number): void => {
    const node = source - inputs.length;
    if (node < 0 || needed.has(node)) return;
    needed.add(node);
    for (const from of nodes[node]!.from) need(from);
  };
  need(output);
  return needed;
}

/** By node, the node before it with which it counts as one: a ReLU and a max-pool of which the first is read only by the second. */
export function pairs({ inputs, nodes, output }: Network, needed: ReadonlySet<number>): Map<number, number> {
  const firstOf = new Map<number, number>();
  const taken = new Set<number>();
  for (const second of [...needed].sort((a, b) => a - b)) {
    const sources = nodes[second]!.from;
    const first = sources[0]! - inputs.length;
    if (first < 0 || taken.has(first) || sources.some((source) => source !== sources[0])) continue;
    const readers = [...needed].filter((node) => nodes[node]!.from.includes(sources[0]!));
    if (readers.length > 1 || output === sources[0]) continue;
    const [a, b] = [nodes[first]!.op, nodes[second]!.op];
    if (a.type === "affine" || b.type === "affine") continue;
    if (!((isRelu(a) && isMaxPool(b)) || (isMaxPool(a) && isRelu(b)))) continue;
    firstOf.set(second, first);
    taken.add(first).add(second);
  }
  return firstOf;
}

export function isRelu({ pieces, selectors, reads, inputs, output }: Quantizer): boolean {
  if (reads.type !== "elementwise" || inputs.length !== 1 || sizeOf(output) === 0) return false;
  if (pieces === "values" || selectors !== "pieces" || pieces.pieces !== 2) return false;
  return pieces.slopes.every((slope, i) => slope === i % 2) && pieces.offsets.every((offset) => offset === 0);
}

export const isMaxPool = ({ reads, pieces, selectors }: Quantizer): boolean =>
  reads.type === "window" && pieces === "values" && selectors === "pieces";
