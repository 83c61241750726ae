import type { SlicePartition } from "../partition-result";
import { SPLIT } from "./class-pieces";
import { boundaryWidths, edgeWidths } from "./edge-widths";
import { hex } from "./oklch";
import { type Paint, paintFaces } from "./paint-faces";
import { type PictureFrame, pictureFrame } from "./picture-frame";
import type { PictureOptions } from "./picture-options";
import { SvgPath } from "./svg-path";
import { themeColours } from "./theme-colours";

/** A picture of a partition as an SVG document: one path for each colour, one for each layer's edges, the decision boundary on top. */
export function partitionSvg(partition: SlicePartition, options: PictureOptions = {}): string {
  const frame = pictureFrame(partition.slice, options);
  const { regions, vertices, edges } = partition.summary;
  return svgDocument(frame, `A partition: ${regions} regions, ${edges} edges, ${vertices} vertices`, svgLayers(partition, frame, options));
}

export function svgDocument({ width, height }: PictureFrame, title: string, content: string): string {
  return `<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${height}" viewBox="0 0 ${width} ${height}"><title>${title}</title>${content}</svg>\n`;
}

/** All that is drawn, without the document around it. */
export function svgLayers(partition: SlicePartition, frame: PictureFrame, options: PictureOptions): string {
  const { colour = "code", edges = "layers", boundary = true, theme = "light" } = options;
  const colours = themeColours(theme, colour);
  const paint = paintFaces(partition, colour, options);
  const parts = [
    `<rect width="${frame.width}" height="${frame.height}" fill="${hex(colours.back)}"/>`,
    `<g transform="scale(${1 / SvgPath.UNITS})" stroke-linejoin="round">`,
    ...facePaths(partition, frame, paint, options),
  ];
  const line = (path: SvgPath, stroke: string, width: number, more: string): void => {
    if (!path.isEmpty)
      parts.push(`<path fill="none" stroke="${stroke}" stroke-width="${(width * SvgPath.UNITS).toFixed(1)}" ${more} d="${path.data}"/>`);
  };
  if (edges !== false) {
    const widths = edgeWidths(partition, frame, edges);
    const paths = edgePaths(partition, frame);
    for (let l = paths.length - 1; l >= 0; l--) line(paths[l]!, hex(colours.edge), widths[l]!, `stroke-opacity="${colours.edgeOpacity}"`);
  }
  if (boundary) {
    const path = new SvgPath(frame);
    const { boundary: segments } = partition;
    for (let i = 0; i < segments.length; i += 4) path.line(segments[i]!, segments[i + 1]!, segments[i + 2]!, segments[i + 3]!);
    const widths = boundaryWidths(frame);
    line(path, hex(colours.casing), widths.casing, ROUND);
    line(path, hex(colours.boundary), widths.line, ROUND);
  }
  return `${parts.join("\n")}</g>`;
}

const ROUND = 'stroke-linecap="round"';

/** Faces of equal colour in one path, with a thin stroke of that colour over the seams between them. */
function facePaths(partition: SlicePartition, frame: PictureFrame, paint: Paint, { theme = "light" }: PictureOptions): string[] {
  const { faceStart, faceVertices, vertices } = partition;
  const paths = Array.from({ length: paint.count }, () => new SvgPath(frame));
  paint.colours.forEach((colour, face) => {
    if (colour !== SPLIT) paths[colour]!.polygon(vertices, faceStart[face]!, faceStart[face + 1]!, (i) => faceVertices[i]!);
  });
  paint.pieceColours.forEach((colour, piece) => {
    paths[colour]!.polygon(paint.corners, paint.start[piece]!, paint.start[piece + 1]!, (i) => i);
  });
  const palette = paint.palette(theme);
  return paths.flatMap((path, i) => {
    const fill = hex(palette[i]!);
    return path.isEmpty ? [] : [`<path fill="${fill}" stroke="${fill}" stroke-width="${SEAM * SvgPath.UNITS}" d="${path.data}"/>`];
  });
}

/** In pixels. */
const SEAM = 0.4;

/** By layer; the last one has the window's sides. */
function edgePaths({ edges, edgeLayers, vertices, layers }: SlicePartition, frame: PictureFrame): readonly SvgPath[] {
  const paths = Array.from({ length: layers.length + 1 }, () => new SvgPath(frame));
  edgeLayers.forEach((layer, e) => {
    const [a, b] = [2 * edges[2 * e]!, 2 * edges[2 * e + 1]!];
    paths[layer < 0 ? layers.length : layer]!.line(vertices[a]!, vertices[a + 1]!, vertices[b]!, vertices[b + 1]!);
  });
  return paths;
}
