import { type Fraction, type Line, lineThrough, meet, type Point, plus, signAt, toNumber, twiceArea } from "./exact-plane";

/** Counter-clockwise; side i lies on lines[i] and goes from corners[i] to the next corner. The inside is where the lines are positive. */
export interface ConvexPolygon {
  readonly corners: readonly Point[];
  readonly lines: readonly Line[];
}

export function polygonOf(corners: readonly Point[]): ConvexPolygon {
  return { corners, lines: corners.map((corner, i) => lineThrough(corner, corners[(i + 1) % corners.length]!)) };
}

/** The sides, each from its corner to the next. */
export function sidesOf({ corners, lines }: ConvexPolygon): { readonly line: Line; readonly from: Point; readonly to: Point }[] {
  return lines.map((line, i) => ({ line, from: corners[i]!, to: corners[(i + 1) % corners.length]! }));
}

/** Every corner turns left, and the polygon goes around once. */
export function isConvex({ corners, lines }: ConvexPolygon): boolean {
  return lines.every((line, i) => corners.every((corner, k) => k === i || k === (i + 1) % corners.length || signAt(line, corner) > 0));
}

/** The part where g ≥ 0; null where it has no area. */
export function clip(polygon: ConvexPolygon, g: Line): ConvexPolygon | null {
  const { corners, lines } = polygon;
  const signs = corners.map((corner) => signAt(g, corner));
  if (!signs.includes(1)) return null;
  if (!signs.includes(-1)) return polygon;
  const kept: { corner: Point; line: Line }[] = [];
  corners.forEach((corner, i) => {
    const line = lines[i]!;
    const here = signs[i]!;
    const next = signs[(i + 1) % signs.length]!;
    if (here > 0) kept.push({ corner, line });
    // A corner on g: there the polygon is left along g, or entered.
    if (here === 0) kept.push({ corner, line: next > 0 ? line : g });
    if (here > 0 && next < 0) kept.push({ corner: meet(line, g), line: g });
    if (here < 0 && next > 0) kept.push({ corner: meet(line, g), line });
  });
  return { corners: kept.map(({ corner }) => corner), lines: kept.map(({ line }) => line) };
}

/** The two ends of the part of the line g = 0 within the polygon; null where that is a point or nothing. */
export function chord({ corners, lines }: ConvexPolygon, g: Line): readonly [Point, Point] | null {
  const signs = corners.map((corner) => signAt(g, corner));
  const ends: Point[] = corners.filter((_, i) => signs[i] === 0);
  lines.forEach((line, i) => {
    if (signs[i]! * signs[(i + 1) % signs.length]! < 0) ends.push(meet(line, g));
  });
  return ends.length === 2 ? [ends[0]!, ends[1]!] : null;
}

/** The part of a segment of the line g = 0 where h ≥ 0; null where that is a point or nothing. */
export function clipSegment([p, q]: readonly [Point, Point], g: Line, h: Line): readonly [Point, Point] | null {
  const [atP, atQ] = [signAt(h, p), signAt(h, q)];
  if (atP >= 0 && atQ >= 0) return [p, q];
  if (atP <= 0 && atQ <= 0) return null;
  return atP > 0 ? [p, meet(g, h)] : [meet(g, h), q];
}

/** Twice the area, and the area as a float of full relative precision. */
export function areaOf({ corners }: ConvexPolygon): { readonly twice: Fraction; readonly area: number } {
  let twice: Fraction = { n: 0n, d: 1n };
  let area = 0;
  for (let i = 2; i < corners.length; i++) {
    const triangle = twiceArea(corners[0]!, corners[i - 1]!, corners[i]!);
    twice = plus(twice, triangle);
    area += toNumber(triangle) / 2;
  }
  return { twice, area };
}

export const hasInside = ({ lines }: ConvexPolygon, point: Point): boolean => lines.every((line) => signAt(line, point) > 0);
