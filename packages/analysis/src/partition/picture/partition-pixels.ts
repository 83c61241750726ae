import type { SlicePartition } from "../partition-result";
import { SPLIT } from "./class-pieces";
import { Coverage } from "./coverage";
import { boundaryWidths, edgeWidths } from "./edge-widths";
import type { Rgb } from "./oklch";
import { type Paint, paintFaces } from "./paint-faces";
import { type PictureFrame, pictureFrame } from "./picture-frame";
import type { PictureOptions } from "./picture-options";
import { type ThemeColours, themeColours } from "./theme-colours";

export interface Pixels {
  readonly width: number;
  readonly height: number;
  /** Red, green, blue and alpha from 0 to 255, row by row from the top. */
  readonly data: Uint8ClampedArray;
}

/** A picture of a partition in pixels: each is the mean of the colours that it covers, by their exact shares; lines are drawn over that. */
export function partitionPixels(partition: SlicePartition, options: PictureOptions = {}): Pixels {
  const { colour = "code", edges = "layers", boundary = true, theme = "light" } = options;
  const frame = pictureFrame(partition.slice, options);
  const colours = themeColours(theme, colour);
  const canvas = new Canvas(frame, colours.back);
  const paint = paintFaces(partition, colour, options);
  drawFaces(canvas, partition, paint, paint.palette(theme));
  if (edges !== false) drawEdges(canvas, partition, edgeWidths(partition, frame, edges), colours);
  if (boundary) {
    const { line, casing } = boundaryWidths(frame);
    canvas.lines(segmentsOf(partition.boundary), casing, colours.casing);
    canvas.lines(segmentsOf(partition.boundary), line, colours.boundary);
  }
  return { width: frame.width, height: frame.height, data: canvas.data() };
}

function drawFaces(canvas: Canvas, { faceStart, faceVertices, vertices }: SlicePartition, paint: Paint, palette: readonly Rgb[]): void {
  paint.colours.forEach((colour, face) => {
    if (colour !== SPLIT) canvas.face(vertices, faceVertices.subarray(faceStart[face], faceStart[face + 1]), palette[colour]!);
  });
  const { start, corners, pieceColours } = paint;
  pieceColours.forEach((colour, piece) => {
    const indices = Int32Array.from({ length: start[piece + 1]! - start[piece]! }, (_, i) => start[piece]! + i);
    canvas.face(corners, indices, palette[colour]!);
  });
}

function drawEdges(
  canvas: Canvas,
  { edges, edgeLayers, vertices, layers }: SlicePartition,
  widths: Float64Array,
  { edge, edgeOpacity }: ThemeColours,
): void {
  for (let l = layers.length; l >= 0; l--)
    canvas.lines(
      (line) => {
        for (let e = 0; e < edgeLayers.length; e++) {
          if ((edgeLayers[e]! < 0 ? layers.length : edgeLayers[e]!) !== l) continue;
          const [a, b] = [2 * edges[2 * e]!, 2 * edges[2 * e + 1]!];
          line(vertices[a]!, vertices[a + 1]!, vertices[b]!, vertices[b + 1]!);
        }
      },
      widths[l]!,
      edge,
      edgeOpacity,
    );
}

type Lines = (line: (s0: number, t0: number, s1: number, t1: number) => void) => void;

const segmentsOf =
  (segments: Float64Array): Lines =>
  (line) => {
    for (let i = 0; i < segments.length; i += 4) line(segments[i]!, segments[i + 1]!, segments[i + 2]!, segments[i + 3]!);
  };

/** Colours that add up by coverage, with lines blended over them. */
class Canvas {
  readonly #frame: PictureFrame;
  readonly #back: Rgb;
  readonly #coverage: Coverage;
  /** Red, green, blue and the share that is covered. */
  readonly #sums: Float32Array;
  readonly #mask: Float32Array;
  #corners = new Float64Array(64);

  constructor(frame: PictureFrame, back: Rgb) {
    this.#frame = frame;
    this.#back = back;
    this.#coverage = new Coverage(frame.width, frame.height);
    this.#sums = new Float32Array(4 * frame.width * frame.height);
    this.#mask = new Float32Array(frame.width * frame.height);
  }

  face(points: Float64Array, indices: Int32Array, [red, green, blue]: Rgb): void {
    if (this.#corners.length < 2 * indices.length) this.#corners = new Float64Array(4 * indices.length);
    for (let i = 0; i < indices.length; i++) {
      this.#corners[2 * i] = this.#frame.x(points[2 * indices[i]!]!);
      this.#corners[2 * i + 1] = this.#frame.y(points[2 * indices[i]! + 1]!);
    }
    const sums = this.#sums;
    this.#coverage.polygon(this.#corners, indices.length, (pixel, share) => {
      sums[4 * pixel]! += share * red;
      sums[4 * pixel + 1]! += share * green;
      sums[4 * pixel + 2]! += share * blue;
      sums[4 * pixel + 3]! += share;
    });
  }

  /** Lines with half a width added at both ends; where they overlap they cover once. */
  lines(draw: Lines, width: number, colour: Rgb, opacity = 1): void {
    const [mask, sums] = [this.#mask.fill(0), this.#sums];
    const put = (pixel: number, share: number): void => {
      mask[pixel]! += share;
    };
    const { x, y } = this.#frame;
    const ends = Math.min(width, MOST_ADDED) / 2;
    draw((s0, t0, s1, t1) => {
      const [x0, y0, x1, y1] = [x(s0), y(t0), x(s1), y(t1)];
      const length = Math.hypot(x1 - x0, y1 - y0);
      if (length === 0) return;
      const [alongX, alongY] = [(ends * (x1 - x0)) / length, (ends * (y1 - y0)) / length];
      const [acrossX, acrossY] = [((y1 - y0) / length) * (width / 2), ((x0 - x1) / length) * (width / 2)];
      const [ax, ay, bx, by] = [x0 - alongX, y0 - alongY, x1 + alongX, y1 + alongY];
      this.#coverage.polygon(
        [ax + acrossX, ay + acrossY, bx + acrossX, by + acrossY, bx - acrossX, by - acrossY, ax - acrossX, ay - acrossY],
        4,
        put,
      );
    });
    for (let pixel = 0; pixel < mask.length; pixel++) {
      const share = opacity * Math.min(1, mask[pixel]!);
      if (share === 0) continue;
      this.#settle(pixel);
      for (let c = 0; c < 3; c++) sums[4 * pixel + c] = (1 - share) * sums[4 * pixel + c]! + share * colour[c]!;
    }
  }

  data(): Uint8ClampedArray {
    const data = new Uint8ClampedArray(this.#sums.length);
    for (let pixel = 0; pixel < data.length / 4; pixel++) {
      this.#settle(pixel);
      for (let c = 0; c < 3; c++) data[4 * pixel + c] = this.#sums[4 * pixel + c]!;
      data[4 * pixel + 3] = 255;
    }
    return data;
  }

  /** What nothing covers shows the background. */
  #settle(pixel: number): void {
    const rest = 1 - this.#sums[4 * pixel + 3]!;
    for (let c = 0; c < 3; c++) this.#sums[4 * pixel + c]! += rest * this.#back[c]!;
    this.#sums[4 * pixel + 3] = 1;
  }
}

/** In pixels: fine lines end where they end. */
const MOST_ADDED = 6;
