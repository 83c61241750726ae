import { MasoError } from "@maso/core";
import { exactPoint, lineThrough, signAt } from "../exact";

/**
 * A window's corners counter-clockwise, without those on a straight side; null where it has no area. Signs are exact. Throws "params"
 * where it is not convex.
 */
export function convexWindow(window: Float64Array): Float64Array | null {
  const distinct: (readonly [number, number])[] = [];
  for (let i = 0; i < window.length; i += 2) {
    const corner = [window[i]!, window[i + 1]!] as const;
    const last = distinct.at(-1);
    if (!last || last[0] !== corner[0] || last[1] !== corner[1]) distinct.push(corner);
  }
  const [first, last] = [distinct[0]!, distinct.at(-1)!];
  if (distinct.length > 1 && first[0] === last[0] && first[1] === last[1]) distinct.pop();
  const turn = (a: readonly [number, number], b: readonly [number, number], c: readonly [number, number]): number =>
    a[0] === b[0] && a[1] === b[1] ? 0 : signAt(lineThrough(exactPoint(...a), exactPoint(...b)), exactPoint(...c));
  const turns = (corners: typeof distinct): number[] =>
    corners.map((corner, i) => turn(corners.at(i - 1)!, corner, corners[(i + 1) % corners.length]!));
  const all = turns(distinct);
  const sign = all.find((each) => each !== 0) ?? 0;
  if (sign === 0) return null;
  const corners = distinct.filter((_, i) => all[i] !== 0);
  const isConvex = turns(corners).every((each) => each === sign) && winds(corners) === 1;
  if (!isConvex)
    throw new MasoError(
      "params",
      `slice: the window's corners (${distinct.map((corner) => corner.join(" ")).join(", ")}) make no convex polygon`,
    );
  return Float64Array.from((sign > 0 ? corners : [...corners].reverse()).flat());
}

/** How often a polygon without straight corners goes around: changes of the direction up or down, in pairs. */
function winds(corners: readonly (readonly [number, number])[]): number {
  const isUp = (i: number): boolean => {
    const [a, b] = [corners[i]!, corners[(i + 1) % corners.length]!];
    return b[1] > a[1] || (b[1] === a[1] && b[0] > a[0]);
  };
  return corners.filter((_, i) => isUp(i) !== isUp((i + 1) % corners.length)).length / 2;
}

/** The area of a convex polygon. */
export function areaOf(window: Float64Array): number {
  let twice = 0;
  for (let i = 2; i + 3 < window.length; i += 2) {
    const [us, ut] = [window[i]! - window[0]!, window[i + 1]! - window[1]!];
    const [vs, vt] = [window[i + 2]! - window[0]!, window[i + 3]! - window[1]!];
    twice += us * vt - ut * vs;
  }
  return twice / 2;
}
