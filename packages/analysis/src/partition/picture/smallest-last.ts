/**
 * The faces of a planar complex in an order in which each has at most five neighbours before it: take away a face with the fewest
 * neighbours that are left, again and again, and turn the order round (Matula and Beck 1983). Neighbours share an edge.
 */
export function smallestLast(faces: number, edgeFaces: Int32Array): { readonly order: Int32Array; neighbours(face: number): Int32Array } {
  const { start, others } = adjacency(faces, edgeFaces);
  const left = Int32Array.from({ length: faces }, (_, face) => start[face + 1]! - start[face]!);
  const buckets: number[][] = [];
  const put = (face: number): void => {
    const degree = left[face]!;
    while (buckets.length <= degree) buckets.push([]);
    buckets[degree]!.push(face);
  };
  for (let face = faces - 1; face >= 0; face--) put(face);
  const order = new Int32Array(faces);
  const isTaken = new Uint8Array(faces);
  for (let place = faces - 1, lowest = 0; place >= 0; ) {
    const face = buckets[lowest]!.pop();
    if (face === undefined) {
      lowest++;
      continue;
    }
    if (isTaken[face] || left[face] !== lowest) continue;
    isTaken[face] = 1;
    order[place--] = face;
    for (let i = start[face]!; i < start[face + 1]!; i++) {
      const other = others[i]!;
      if (isTaken[other]) continue;
      left[other]!--;
      put(other);
    }
    lowest = Math.max(0, lowest - 1);
  }
  return { order, neighbours: (face) => others.subarray(start[face]!, start[face + 1]!) };
}

/** Face f has the neighbours others[start[f] ... start[f + 1] − 1]; one that shares several edges is there several times. */
function adjacency(faces: number, edgeFaces: Int32Array): { readonly start: Int32Array; readonly others: Int32Array } {
  const start = new Int32Array(faces + 1);
  const isInner = (e: number): boolean => edgeFaces[e]! >= 0 && edgeFaces[e + 1]! >= 0;
  for (let e = 0; e < edgeFaces.length; e += 2) {
    if (!isInner(e)) continue;
    start[edgeFaces[e]! + 1]!++;
    start[edgeFaces[e + 1]! + 1]!++;
  }
  for (let face = 0; face < faces; face++) start[face + 1]! += start[face]!;
  const next = start.slice();
  const others = new Int32Array(start[faces]!);
  for (let e = 0; e < edgeFaces.length; e += 2) {
    if (!isInner(e)) continue;
    const [a, b] = [edgeFaces[e]!, edgeFaces[e + 1]!];
    others[next[a]!++] = b;
    others[next[b]!++] = a;
  }
  return { start, others };
}
