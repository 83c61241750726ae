import { writeMoved } from "./numbers-list";

/** By layer, which of its regions faces lie in: rows that grow together, in one array, so that in the end none is copied. */
export class RegionRows {
  /** Faces so far, and how many there is room for. */
  private faces = 0;
  private room = 0;
  private expected = 0;
  private data = new Int32Array(0);

  constructor(readonly layers: number) {}

  /** Says how many faces there are likely to be in the end: when there is no room left, it is made for as many at once. */
  expect(faces: number): void {
    this.expected = faces;
  }

  /** Makes room for more faces, to be written with `write`. Gives the first one's place in its row. */
  extend(count: number): number {
    const start = this.faces;
    this.faces += count;
    if (this.faces > this.room) this.grow(start);
    return start;
  }

  /** Writes numbers from a place in a layer's row on, with another one added to each. */
  write(layer: number, start: number, regions: Int32Array, first: number): void {
    writeMoved(regions.length, regions, first, layer * this.room + start, this.data);
  }

  /** [layers, faces]; once, as rows are moved together for it. */
  take(): Int32Array {
    const { layers, faces, room, data } = this;
    for (let layer = 1; layer < layers; layer++) data.copyWithin(layer * faces, layer * room, layer * room + faces);
    return data.subarray(0, layers * faces);
  }

  private grow(faces: number): void {
    const room = Math.max(this.faces, this.expected, 2 * this.room);
    const larger = new Int32Array(this.layers * room);
    for (let layer = 0; layer < this.layers; layer++)
      larger.set(this.data.subarray(layer * this.room, layer * this.room + faces), layer * room);
    this.data = larger;
    this.room = room;
  }
}
