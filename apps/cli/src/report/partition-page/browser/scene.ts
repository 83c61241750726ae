import type { PageData, PagePaint } from "../page-data";

/** The page's data with its arrays decoded. */
export interface Scene extends Omit<PageData, "paints" | "codeKeys" | ArrayName> {
  readonly faces: number;
  readonly codeKeys: readonly string[];
  readonly window: Float64Array;
  readonly vertices: Float64Array;
  readonly edgeEnds: Int32Array;
  readonly edgeLayers: Int32Array;
  readonly faceStart: Int32Array;
  readonly faceVertices: Int32Array;
  readonly regionOf: Int32Array;
  readonly maps: Float32Array;
  readonly boundarySegments: Float64Array;
  readonly plane: Float32Array;
  readonly paints: Readonly<Record<keyof PageData["paints"], ScenePaint>>;
  /** By face: its bounding box s0, t0, s1, t1. */
  readonly boxes: Float64Array;
  /** Of the window. */
  readonly bounds: readonly [s0: number, t0: number, s1: number, t1: number];
}

type ArrayName =
  | "window"
  | "vertices"
  | "edgeEnds"
  | "edgeLayers"
  | "faceStart"
  | "faceVertices"
  | "regionOf"
  | "maps"
  | "boundarySegments"
  | "plane";

export interface ScenePaint {
  readonly colours: Uint16Array;
  readonly corners: Float64Array;
  readonly start: Int32Array;
  readonly pieceColours: Uint16Array;
  readonly palettes: PagePaint["palettes"];
}

export const SPLIT = 65535;

export function readScene(data: PageData): Scene {
  const vertices = new Float64Array(bytes(data.vertices));
  const faceStart = new Int32Array(bytes(data.faceStart));
  const faceVertices = new Int32Array(bytes(data.faceVertices));
  const window = new Float64Array(bytes(data.window));
  const paint = ({ colours, corners, start, pieceColours, palettes }: PagePaint): ScenePaint => ({
    colours: new Uint16Array(bytes(colours)),
    corners: new Float64Array(bytes(corners)),
    start: new Int32Array(bytes(start)),
    pieceColours: new Uint16Array(bytes(pieceColours)),
    palettes,
  });
  const { code, layer, lipschitz, class: classes } = data.paints;
  return {
    ...data,
    faces: faceStart.length - 1,
    codeKeys: data.codeKeys.split("\n"),
    window,
    vertices,
    faceStart,
    faceVertices,
    edgeEnds: new Int32Array(bytes(data.edgeEnds)),
    edgeLayers: new Int32Array(bytes(data.edgeLayers)),
    regionOf: new Int32Array(bytes(data.regionOf)),
    maps: new Float32Array(bytes(data.maps)),
    boundarySegments: new Float64Array(bytes(data.boundarySegments)),
    plane: new Float32Array(bytes(data.plane)),
    paints: { code: paint(code), layer: paint(layer), lipschitz: paint(lipschitz), class: paint(classes) },
    boxes: boxesOf(vertices, faceStart, faceVertices),
    bounds: boundsOf(window),
  };
}

function bytes(base64: string): ArrayBuffer {
  const text = atob(base64);
  const result = new Uint8Array(text.length);
  for (let i = 0; i < text.length; i++) result[i] = text.charCodeAt(i);
  return result.buffer;
}

function boxesOf(vertices: Float64Array, faceStart: Int32Array, faceVertices: Int32Array): Float64Array {
  const faces = faceStart.length - 1;
  const boxes = new Float64Array(4 * faces);
  for (let face = 0; face < faces; face++) {
    let [s0, t0, s1, t1] = [Infinity, Infinity, -Infinity, -Infinity];
    for (let i = faceStart[face]!; i < faceStart[face + 1]!; i++) {
      const [s, t] = [vertices[2 * faceVertices[i]!]!, vertices[2 * faceVertices[i]! + 1]!];
      [s0, t0, s1, t1] = [Math.min(s0, s), Math.min(t0, t), Math.max(s1, s), Math.max(t1, t)];
    }
    boxes.set([s0, t0, s1, t1], 4 * face);
  }
  return boxes;
}

function boundsOf(window: Float64Array): Scene["bounds"] {
  let [s0, t0, s1, t1] = [Infinity, Infinity, -Infinity, -Infinity];
  for (let i = 0; i < window.length; i += 2) {
    [s0, s1] = [Math.min(s0, window[i]!), Math.max(s1, window[i]!)];
    [t0, t1] = [Math.min(t0, window[i + 1]!), Math.max(t1, window[i + 1]!)];
  }
  return [s0, t0, s1, t1];
}
