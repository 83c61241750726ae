import { type ConvGeometry, type Direction, tapsPerPosition } from "@maso/core/compute";

/** Position i along an axis reads the taps starts[i] up to starts[i + 1]: pairs of what they add to the places of source and kernel. */
export function tapTable(
  geometry: ConvGeometry,
  axis: 0 | 1,
  direction: Direction,
  sourceStep: number,
  tapStep: number,
): { readonly starts: Int32Array; readonly taps: Int32Array } {
  const lists = tapsPerPosition(geometry, axis, direction);
  const starts = new Int32Array(lists.length + 1);
  lists.forEach(({ length }, i) => {
    starts[i + 1] = starts[i]! + length;
  });
  return { starts, taps: Int32Array.from(lists.flat().flatMap(({ source, tap }) => [source * sourceStep, tap * tapStep])) };
}
