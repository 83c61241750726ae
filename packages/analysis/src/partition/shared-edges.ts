import { wholes } from "./numbers-list";
import { RowNumbers } from "./row-numbers";

/** Edges by their two vertices. */
export class SharedEdges {
  /** Of vertices, the lower one first. */
  private readonly pairs = new RowNumbers(2);
  /** By number of the pair. */
  private readonly edges = wholes();

  clear(): void {
    this.pairs.clear();
    this.edges.length = 0;
  }

  /** The edge between two vertices, which from now on is this one where there was none. */
  edge(from: number, to: number, otherwise: number): number {
    const { pairs, edges } = this;
    pairs.row[0] = Math.min(from, to);
    pairs.row[1] = Math.max(from, to);
    const number = pairs.number();
    if (number === edges.length) edges.push(otherwise);
    return edges.data[number]!;
  }
}
