import type { SlicePartition } from "../partition-result";
import type { PictureFrame } from "./picture-frame";

/** Of a picture 1000 pixels wide: the first layer's lines, how much finer each next layer's are, and the finest. */
const WIDEST = 1.7;
const FINER = 0.62;
const FINEST = 0.35;
const ALIKE = 0.8;
/** All lines together cover at most this share of the picture. */
const MOST_INK = 0.16;

/** The width of each layer's edges in pixels where there is room for them all; the last entry is the window's sides. */
export function evenWidths({ layers }: Pick<SlicePartition, "layers">, width: number, edges: true | "layers"): Float64Array {
  const scale = width / 1000;
  const layered = Float64Array.from({ length: layers.length + 1 }, (_, l) =>
    l < layers.length ? Math.max(FINEST, WIDEST * FINER ** l) : WIDEST,
  );
  return layered.map((each) => scale * (edges === true ? ALIKE : each));
}

/** The width of each layer's edges in pixels, as evenWidths has them, but finer where there are very many. */
export function edgeWidths(partition: SlicePartition, frame: PictureFrame, edges: true | "layers"): Float64Array {
  const widths = evenWidths(partition, frame.width, edges);
  const lengths = edgeLengths(partition, frame);
  const ink = lengths.reduce((sum, length, l) => sum + length * widths[l]!, 0) / (frame.width * frame.height);
  return widths.map((width) => width * Math.min(1, MOST_INK / ink));
}

function edgeLengths({ edges, edgeLayers, vertices, layers }: SlicePartition, { x, y }: PictureFrame): Float64Array {
  const lengths = new Float64Array(layers.length + 1);
  for (let e = 0; e < edgeLayers.length; e++) {
    const [a, b] = [2 * edges[2 * e]!, 2 * edges[2 * e + 1]!];
    const layer = edgeLayers[e]! < 0 ? layers.length : edgeLayers[e]!;
    lengths[layer]! += Math.hypot(x(vertices[a]!) - x(vertices[b]!), y(vertices[a + 1]!) - y(vertices[b + 1]!));
  }
  return lengths;
}

/** The width of the decision boundary in pixels, and of its casing. */
export const boundaryWidths = ({ width }: PictureFrame): { readonly line: number; readonly casing: number } => ({
  line: (3 * width) / 1000,
  casing: (6 * width) / 1000,
});
