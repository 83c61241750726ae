import type { PictureOptions, SlicePartition } from "@maso/analysis";
import { edgeWidths, evenWidths, hex, lipschitzRange, paintFaces, pictureFrame, themeColours } from "@maso/analysis/picture";
import type { Network } from "@maso/core";
import { imageShapeOf } from "../picture";
import type { ColourName, Inks, PageData, PagePaint, ThemeName } from "./page-data";

const COLOURS: readonly ColourName[] = ["code", "layer", "lipschitz", "class"];
const THEMES: readonly ThemeName[] = ["light", "dark"];

/** Numbers of maps that a page carries; of more outputs it knows the first ones. */
const MOST_MAP_NUMBERS = 6_000_000;

/** A partition as the page reads it. */
export function writePageData({ inputs }: Network, partition: SlicePartition, options: PictureOptions): PageData {
  const { outputs, layers, codeKeys, slice } = partition;
  const faces = codeKeys.length;
  const mapped = Math.max(1, Math.min(outputs, Math.floor(MOST_MAP_NUMBERS / Math.max(1, 3 * faces))));
  const frame = pictureFrame(slice, { width: 1000 });
  const image = inputs.length === 1 ? imageShapeOf(inputs[0]!) : null;
  return {
    outputs,
    mapped,
    layers: layers.map(({ id, units, regions }) => ({ id, units, regions })),
    image,
    colour: options.colour ?? "code",
    edges: options.edges !== false,
    boundary: options.boundary !== false,
    lipschitz: lipschitzRange([partition]),
    edgeWidths: [...edgeWidths(partition, frame, options.edges || "layers")],
    evenWidths: [...evenWidths(partition, frame.width, options.edges || "layers")],
    inks: byName(THEMES, (theme) => byName(COLOURS, (colour) => inksOf(theme, colour))),
    paints: byName(COLOURS, (colour) => paintOf(partition, colour)),
    codeKeys: codeKeys.join("\n"),
    window: base64(slice.window),
    vertices: base64(partition.vertices),
    edgeEnds: base64(partition.edges),
    edgeLayers: base64(partition.edgeLayers),
    faceStart: base64(partition.faceStart),
    faceVertices: base64(partition.faceVertices),
    regionOf: base64(partition.regionOf),
    maps: base64(mapsOf(partition, mapped)),
    boundarySegments: base64(partition.boundary),
    plane: base64(image ? Float32Array.of(...slice.origin, ...slice.axes[0], ...slice.axes[1]) : new Float32Array(0)),
  };
}

function mapsOf({ maps, outputs }: SlicePartition, mapped: number): Float32Array {
  if (mapped === outputs) return Float32Array.from(maps);
  const faces = maps.length / (3 * outputs);
  const kept = new Float32Array(3 * faces * mapped);
  for (let face = 0; face < faces; face++) kept.set(maps.subarray(3 * face * outputs, 3 * (face * outputs + mapped)), 3 * face * mapped);
  return kept;
}

function paintOf(partition: SlicePartition, colour: ColourName): PagePaint {
  const paint = paintFaces(partition, colour);
  return {
    colours: base64(paint.colours),
    corners: base64(paint.corners),
    start: base64(paint.start),
    pieceColours: base64(paint.pieceColours),
    palettes: byName(THEMES, (theme) => paint.palette(theme).map(hex)),
  };
}

function inksOf(theme: ThemeName, colour: ColourName): Inks {
  const { edge, edgeOpacity, boundary, casing } = themeColours(theme, colour);
  return { edge: hex(edge), edgeOpacity, boundary: hex(boundary), casing: hex(casing) };
}

function byName<K extends string, V>(names: readonly K[], value: (name: K) => V): Record<K, V> {
  return Object.fromEntries(names.map((name) => [name, value(name)])) as Record<K, V>;
}

const base64 = ({ buffer, byteOffset, byteLength }: ArrayBufferView): string =>
  Buffer.from(buffer, byteOffset, byteLength).toString("base64");
