import type { ColourName, ThemeName } from "../page-data";
import { clipPolygon, clipSegment, isNear } from "./clip-to-screen";
import { type Scene, SPLIT } from "./scene";
import { type Size, sAt, tAt, type View, wholeView, xOf, yOf } from "./view";

export interface Look {
  readonly colour: ColourName;
  readonly theme: ThemeName;
  readonly edges: boolean;
  readonly boundary: boolean;
}

/** Faces, edges and the boundary that a view shows. Yields now and then, so that it can be spread over frames. */
export function* drawScene(context: CanvasRenderingContext2D, scene: Scene, view: View, size: Size, look: Look): Generator<void> {
  context.lineJoin = "round";
  const path = pathsOf(view, size);
  yield* drawFaces(context, scene, path, look);
  const zoom = view.perS / wholeView(scene.bounds, size).perS;
  const scale = Math.min(size.width, size.height) / 1000;
  const inks = scene.inks[look.theme][look.colour];
  if (look.edges) {
    context.strokeStyle = inks.edge;
    context.globalAlpha = inks.edgeOpacity;
    for (let l = scene.layers.length; l >= 0; l--) {
      context.lineWidth = Math.max(0.05, scale * Math.min(scene.evenWidths[l]!, scene.edgeWidths[l]! * zoom));
      yield* strokeEdges(context, scene, path, l);
    }
    context.globalAlpha = 1;
  }
  if (look.boundary) {
    context.lineCap = "round";
    for (const [colour, width] of [[inks.casing, 6] as const, [inks.boundary, 3] as const]) {
      context.strokeStyle = colour;
      context.lineWidth = Math.max(width / 2, scale * width);
      yield* strokeBoundary(context, scene, path);
    }
    context.lineCap = "butt";
  }
}

/** The outline of one face. */
export function outlineFace(context: CanvasRenderingContext2D, scene: Scene, view: View, size: Size, face: number): void {
  context.beginPath();
  facePath(context, scene, pathsOf(view, size), face);
  context.stroke();
}

interface Paths {
  x(s: number): number;
  y(t: number): number;
  isVisible(s0: number, t0: number, s1: number, t1: number): boolean;
}

function pathsOf(view: View, size: Size): Paths {
  const [left, right] = [sAt(view, size, 0), sAt(view, size, size.width)];
  const [bottom, top] = [tAt(view, size, size.height), tAt(view, size, 0)];
  return {
    x: (s) => xOf(view, size, s),
    y: (t) => yOf(view, size, t),
    isVisible: (s0, t0, s1, t1) => s1 >= left && s0 <= right && t1 >= bottom && t0 <= top,
  };
}

const CHUNK = 3000;

function* drawFaces(context: CanvasRenderingContext2D, scene: Scene, path: Paths, { colour, theme }: Look): Generator<void> {
  const { colours, corners, start, pieceColours, palettes } = scene.paints[colour];
  const palette = palettes[theme];
  const visible = palette.map((): number[] => []);
  const { boxes } = scene;
  for (let face = 0; face < scene.faces; face++)
    if (colours[face] !== SPLIT && path.isVisible(boxes[4 * face]!, boxes[4 * face + 1]!, boxes[4 * face + 2]!, boxes[4 * face + 3]!))
      visible[colours[face]!]!.push(face);
  context.lineWidth = SEAM;
  for (const [i, faces] of visible.entries()) {
    context.fillStyle = context.strokeStyle = palette[i]!;
    for (let from = 0; from < faces.length; from += CHUNK) {
      context.beginPath();
      for (const face of faces.slice(from, from + CHUNK)) facePath(context, scene, path, face);
      context.fill();
      context.stroke();
      yield;
    }
  }
  for (const [piece, at] of pieceColours.entries()) {
    context.fillStyle = context.strokeStyle = palette[at]!;
    context.beginPath();
    polygonPath(context, path, corners, start[piece]!, start[piece + 1]!, (i) => i);
    context.fill();
    context.stroke();
    if (piece % CHUNK === 0) yield;
  }
}

/** In pixels: over the seams between faces of one colour. */
const SEAM = 0.7;

function facePath(context: CanvasRenderingContext2D, { faceStart, faceVertices, vertices }: Scene, path: Paths, face: number): void {
  polygonPath(context, path, vertices, faceStart[face]!, faceStart[face + 1]!, (i) => faceVertices[i]!);
}

/** The corners points[at(i)] for i from `start` to `end` − 1. */
function polygonPath(
  context: CanvasRenderingContext2D,
  { x, y }: Paths,
  points: Float64Array,
  start: number,
  end: number,
  at: (i: number) => number,
): void {
  const polygon: number[] = [];
  let isAllNear = true;
  for (let i = start; i < end; i++) {
    const [cornerX, cornerY] = [x(points[2 * at(i)]!), y(points[2 * at(i) + 1]!)];
    isAllNear &&= isNear(cornerX, cornerY);
    polygon.push(cornerX, cornerY);
  }
  const shown = isAllNear ? polygon : clipPolygon(polygon);
  for (let i = 0; i < shown.length; i += 2) {
    if (i === 0) context.moveTo(shown[0]!, shown[1]!);
    else context.lineTo(shown[i]!, shown[i + 1]!);
  }
  if (shown.length > 0) context.closePath();
}

function* strokeEdges(context: CanvasRenderingContext2D, scene: Scene, path: Paths, layer: number): Generator<void> {
  const { edgeEnds, edgeLayers, vertices, layers } = scene;
  let count = 0;
  context.beginPath();
  for (let e = 0; e < edgeLayers.length; e++) {
    if ((edgeLayers[e]! < 0 ? layers.length : edgeLayers[e]!) !== layer) continue;
    const [a, b] = [2 * edgeEnds[2 * e]!, 2 * edgeEnds[2 * e + 1]!];
    strokeSegment(context, path, vertices[a]!, vertices[a + 1]!, vertices[b]!, vertices[b + 1]!);
    if (++count % CHUNK > 0) continue;
    context.stroke();
    context.beginPath();
    yield;
  }
  context.stroke();
}

function* strokeBoundary(context: CanvasRenderingContext2D, { boundarySegments: segments }: Scene, path: Paths): Generator<void> {
  context.beginPath();
  for (let i = 0; i < segments.length; i += 4)
    strokeSegment(context, path, segments[i]!, segments[i + 1]!, segments[i + 2]!, segments[i + 3]!);
  context.stroke();
  yield;
}

function strokeSegment(context: CanvasRenderingContext2D, path: Paths, sa: number, ta: number, sb: number, tb: number): void {
  if (!path.isVisible(Math.min(sa, sb), Math.min(ta, tb), Math.max(sa, sb), Math.max(ta, tb))) return;
  const shown = clipSegment([path.x(sa), path.y(ta), path.x(sb), path.y(tb)]);
  if (shown === null) return;
  context.moveTo(shown[0]!, shown[1]!);
  context.lineTo(shown[2]!, shown[3]!);
}
