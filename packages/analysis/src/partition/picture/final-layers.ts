import type { SlicePartition } from "../partition-result";

/** By face: the first layer after which the face is a region of its own, so that no later layer cuts it. */
export function finalLayers({ regionOf, layers, codeKeys }: Pick<SlicePartition, "regionOf" | "layers" | "codeKeys">): Uint16Array {
  const faces = codeKeys.length;
  const final = new Uint16Array(faces).fill(Math.max(0, layers.length - 1));
  for (let l = layers.length - 2; l >= 0; l--) {
    const own = regionOf.subarray(l * faces, (l + 1) * faces);
    const parts = new Int32Array(layers[l]!.regions);
    for (const region of own) parts[region]!++;
    own.forEach((region, face) => {
      if (parts[region] === 1) final[face] = l;
    });
  }
  return final;
}
