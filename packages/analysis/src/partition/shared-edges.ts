import { wholes } from "./numbers-list";
import { RowNumbers } from "./row-numbers";

/** Edges by their two vertices. */
export class SharedEdges {
  /** By number of two vertices: the edge between them; −1: none yet. */
  readonly edges = wholes();
  /** Of vertices, the lower one first. */
  private readonly pairs = new RowNumbers(2);

  clear(): void {
    this.pairs.clear();
    this.edges.length = 0;
  }

  /** The number of two vertices, whichever comes first. */
  number(from: number, to: number): number {
    const { pairs, edges } = this;
    pairs.row[0] = Math.min(from, to);
    pairs.row[1] = Math.max(from, to);
    const number = pairs.number();
    if (number === edges.length) edges.push(-1);
    return number;
  }
}
