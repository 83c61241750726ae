import { grown } from "./grown";
import type { Mesh } from "./mesh";

/** The corners of one face at a time that the mesh was given: new ones lie between those. */
export class FaceCorners {
  vertices = new Int32Array(64);
  count = 0;

  read({ origin, next, faceHalf }: Mesh, given: number, face: number): void {
    const first = faceHalf[face]!;
    let count = 0;
    let h = first;
    do {
      const v = origin[h]!;
      if (v < given) {
        if (count === this.vertices.length) this.vertices = grown(this.vertices);
        this.vertices[count++] = v;
      }
      h = next[h]!;
    } while (h !== first);
    this.count = count;
  }
}
