import type { CutParts, FlatCuts, FlatMesh } from "@maso/core/compute";
import type { Engine } from "../engine";
import { halved, type Workspace } from "../workspace";
import type { RowMemory } from "./row-memory";

/** Bytes of the memory that a mesh may take. */
const MOST_BYTES = 56 * 2 ** 20;

/** Gives the sign of a cut at a vertex, on a face, where floats do not tell it. */
export type Settle = (v: number, cut: number, face: number) => number;

/** Cuts the faces of a mesh in the kernels' memory. null, and the mesh is as it was, where it is not for kernels. */
export function* cutFaces(
  { kernels, workspace }: Engine,
  memory: RowMemory,
  mesh: FlatMesh,
  cuts: FlatCuts,
  askFrom: (settle: Settle) => void,
): Generator<null, CutParts | null> {
  const { vertices, edges, faces } = mesh;
  const words = Math.ceil(cuts.count / 32);
  const rows = memory.has(cuts.rows) ? null : cuts.rows;
  const room = roomFor(mesh, words, cuts.count, rows?.length ?? 0);
  const places = room < vertices >> 2 ? null : workspace.place(layout(mesh, room, words, cuts.count, rows?.length ?? 0));
  if (places === null) return null;
  enter(workspace, places, mesh, cuts, rows);
  workspace.put(tableOf(places, mesh, room, cuts, rows), places.table);
  kernels.enterFaces(places.table, cuts.mostOff);
  let told = edges;
  const tellLines = (): void => {
    const made = kernels.lineCount();
    const [lineCuts, lineFaces] = [workspace.integersAt(places.lineCut, made), workspace.integersAt(places.lineFace, made)];
    for (; told < made; told++) cuts.addLine(lineCuts[told]!, lineFaces[told]!);
  };
  askFrom((v, cut, face) => {
    tellLines();
    const pair = v < vertices ? mesh.lines.slice(2 * v, 2 * v + 2) : workspace.integersAt(places.vertexLines + 8 * v, 2).slice();
    if (v >= vertices) numberLines(pair, mesh.edgeLine.subarray(0, edges), cuts.firstLine);
    const [lineA, lineB] = pair;
    return cuts.settle(v, lineA!, lineB!, cut, face);
  });
  try {
    for (let next = 0; next < faces; ) {
      next = kernels.cutFaces(next, faces);
      if (next < faces) yield null;
    }
  } catch (error) {
    // A trap of which the kernel says why.
    if (kernels.whyLeft() === 0) throw error;
    return null;
  }
  yield null;
  kernels.leaveFaces(faces, places.parts, places.parents, places.signs, places.counts);
  tellLines();
  return leave(workspace, places, mesh, cuts, words);
}

/** The numbers of lines that are told by given edge, and behind those as they were made. */
function numberLines(lines: Int32Array, given: Int32Array, firstLine: number): void {
  for (let i = 0; i < lines.length; i++) {
    const line = lines[i]!;
    lines[i] = line < given.length ? given[line]! : firstLine + line - given.length;
  }
}

/** As the kernel reads them. */
const TABLE = [
  ...["place", "off", "rounded", "part", "base", "vertexLines", "positive", "negative", "rim"],
  ...["origin", "next", "previous", "face", "edgeLine", "edgeBase", "shared"],
  ...["faceHalf", "nextFace", "facePositive", "isSeen", "stack"],
  ...["lineOff", "lineCut", "lineFace"],
  ...["least", "most", "stamp", "lineOfCut", "chosen", "zeros"],
] as const;

type Places = Readonly<Record<keyof ReturnType<typeof layout>, number>>;

function tableOf(
  places: Places,
  { vertices, edges, faces }: FlatMesh,
  room: number,
  cuts: FlatCuts,
  rows: Float64Array | null,
): Int32Array {
  const table = new Int32Array(TABLE.length + 11);
  for (let i = 0; i < TABLE.length; i++) table[i] = places[TABLE[i]!];
  table.set([rows === null ? cuts.rows.byteOffset : places.rows, places.errors, vertices, edges, faces, edges], TABLE.length);
  table.set([vertices + room, edges + 2 * room, faces + room, edges + room, cuts.count], TABLE.length + 6);
  return table;
}

/** How many values of eight bytes each array takes, with room for so many new vertices. No more faces and lines are made than vertices, and edges twice as many. */
function layout({ vertices, edges, faces }: FlatMesh, room: number, words: number, count: number, rows: number) {
  const [v, e, f, l] = [vertices + room, edges + 2 * room, faces + room, edges + room];
  return {
    place: 2 * v,
    off: v,
    rounded: v,
    part: v,
    base: v,
    vertexLines: v,
    positive: halved(v * words),
    negative: halved(v * words),
    rim: halved(v),
    origin: e,
    next: e,
    previous: e,
    face: e,
    edgeLine: halved(e),
    edgeBase: e,
    shared: halved(e),
    faceHalf: halved(f),
    nextFace: halved(f),
    facePositive: halved(f * words),
    isSeen: halved(f),
    stack: halved(f),
    lineOff: l,
    lineCut: halved(l),
    lineFace: halved(l),
    least: count,
    most: count,
    stamp: halved(count),
    lineOfCut: halved(count),
    chosen: halved(count),
    zeros: count,
    rows,
    errors: vertices,
    table: 32,
    counts: 2,
    parts: halved(f),
    parents: halved(f),
    signs: halved(f * words),
  };
}

function roomFor(mesh: FlatMesh, words: number, count: number, rows: number): number {
  const bytes = (room: number): number =>
    Object.values(layout(mesh, room, words, count, rows)).reduce((total, values) => total + 8 * values + 16, 0);
  const [none, some] = [bytes(0), bytes(1024)];
  return Math.floor(((MOST_BYTES - none) / (some - none)) * 1024);
}

function enter(workspace: Workspace, places: Places, mesh: FlatMesh, cuts: FlatCuts, rows: Float64Array | null): void {
  const { vertices, edges, faces } = mesh;
  const words = Math.ceil(cuts.count / 32);
  workspace.put(mesh.place.subarray(0, 2 * vertices), places.place);
  workspace.put(mesh.off.subarray(0, vertices), places.off);
  workspace.put(mesh.rounded.subarray(0, vertices), places.rounded);
  workspace.put(signed(cuts.positive, vertices * words), places.positive);
  workspace.put(signed(cuts.negative, vertices * words), places.negative);
  workspace.put(mesh.origin.subarray(0, 2 * edges), places.origin);
  workspace.put(mesh.next.subarray(0, 2 * edges), places.next);
  workspace.put(mesh.previous.subarray(0, 2 * edges), places.previous);
  workspace.put(mesh.face.subarray(0, 2 * edges), places.face);
  workspace.put(mesh.edgeBase.subarray(0, 2 * edges), places.edgeBase);
  workspace.put(mesh.shared.subarray(0, edges), places.shared);
  workspace.put(mesh.faceHalf.subarray(0, faces), places.faceHalf);
  workspace.put(mesh.nextFace.subarray(0, faces), places.nextFace);
  workspace.put(cuts.errors.subarray(0, vertices), places.errors);
  if (rows !== null) workspace.put(rows, places.rows);
  workspace.integersAt(places.stamp, cuts.count).fill(0);
  tellOffs(workspace.integersAt(places.edgeLine, edges), workspace.at(places.lineOff, edges), mesh.edgeLine, cuts.lineOffs);
}

function tellOffs(own: Int32Array, ownOffs: Float64Array, lines: Int32Array, offs: Float64Array): void {
  for (let e = 0; e < own.length; e++) {
    own[e] = e;
    ownOffs[e] = offs[lines[e]!]!;
  }
}

const signed = ({ buffer, byteOffset }: Uint32Array, length: number): Int32Array => new Int32Array(buffer, byteOffset, length);

/** Copies everything out, into the mesh's own arrays where they are long enough; gives what has come of the faces. */
function leave(
  workspace: Workspace,
  places: Places,
  mesh: FlatMesh,
  { firstLine, positive, negative, faceBits }: FlatCuts,
  words: number,
): CutParts {
  const given = mesh.vertices;
  const known = mesh.edges;
  const [vertices, edges, faces, lines] = workspace.integersAt(places.counts, 4) as unknown as readonly [number, number, number, number];
  const real = (array: Float64Array, place: number, length: number): Float64Array => fitted(array, workspace.at(place, length));
  const whole = (array: Int32Array, place: number, length: number): Int32Array => fitted(array, workspace.integersAt(place, length));
  const bits = (array: Uint32Array, place: number, length: number): Uint32Array =>
    fitted(array, new Uint32Array(workspace.integersAt(place, length).buffer, place, length));
  // Given edges keep their lines, given vertices all that is not said of them here.
  mesh.lines = longer(mesh.lines, 2 * vertices);
  mesh.lines.set(workspace.integersAt(places.vertexLines + 8 * given, 2 * (vertices - given)), 2 * given);
  mesh.base = longer(mesh.base, 2 * vertices);
  mesh.base.set(workspace.integersAt(places.base + 8 * given, 2 * (vertices - given)), 2 * given);
  mesh.part = longer(mesh.part, vertices);
  mesh.part.set(workspace.at(places.part + 8 * given, vertices - given), given);
  mesh.edgeLine = longer(mesh.edgeLine, edges);
  mesh.edgeLine.set(workspace.integersAt(places.edgeLine + 4 * known, edges - known), known);
  const givenLines = mesh.edgeLine.subarray(0, known);
  numberLines(mesh.lines.subarray(2 * given, 2 * vertices), givenLines, firstLine);
  numberLines(mesh.edgeLine.subarray(known, edges), givenLines, firstLine);
  mesh.place = real(mesh.place, places.place, 2 * vertices);
  mesh.off = real(mesh.off, places.off, vertices);
  mesh.rounded = real(mesh.rounded, places.rounded, vertices);
  mesh.origin = whole(mesh.origin, places.origin, 2 * edges);
  mesh.next = whole(mesh.next, places.next, 2 * edges);
  mesh.previous = whole(mesh.previous, places.previous, 2 * edges);
  mesh.face = whole(mesh.face, places.face, 2 * edges);
  mesh.edgeBase = whole(mesh.edgeBase, places.edgeBase, 2 * edges);
  mesh.shared = whole(mesh.shared, places.shared, edges);
  mesh.faceHalf = whole(mesh.faceHalf, places.faceHalf, faces);
  mesh.nextFace = whole(mesh.nextFace, places.nextFace, faces);
  mesh.vertices = vertices;
  mesh.edges = edges;
  mesh.faces = faces;
  return {
    faces: workspace.integersAt(places.parts, faces).slice(),
    parents: workspace.integersAt(places.parents, faces).slice(),
    signs: bits(faceBits, places.signs, faces * words),
    positive: bits(positive, places.positive, vertices * words),
    negative: bits(negative, places.negative, vertices * words),
    lineOffs: workspace.at(places.lineOff + 8 * known, lines - known).slice(),
  };
}

/** An array that begins with some values. */
function fitted<A extends Float64Array | Int32Array | Uint32Array>(array: A, values: A): A {
  if (array.length < values.length) return values.slice() as A;
  array.set(values);
  return array;
}

/** The array, or one that begins as it does and is long enough. */
function longer<A extends Float64Array | Int32Array>(array: A, length: number): A {
  if (array.length >= length) return array;
  const longer = new (array.constructor as new (length: number) => A)(length);
  longer.set(array);
  return longer;
}
