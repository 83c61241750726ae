import type { SlicePartition } from "../partition-result";

/** Faces in one class each; those that the decision boundary crosses come in pieces. */
export interface ClassPieces {
  /** By face: its class, or SPLIT. */
  readonly classes: Uint16Array;
  /** Corners (s, t) of the pieces of split faces: piece p has start[p] ... start[p + 1] − 1. */
  readonly corners: Float64Array;
  readonly start: Int32Array;
  readonly pieceClasses: Uint16Array;
}

export const SPLIT = 65535;

/** With more outputs than this they are no classes, and a face has the one that is largest at its centroid. */
const MOST_CLASSES = 128;

/** The class at a point is the largest output (ties to the lowest), of a single output whether it is above 0. */
export function classPieces(partition: SlicePartition): ClassPieces {
  const { faceStart, faceVertices, vertices, centroids } = partition;
  const faces = faceStart.length - 1;
  const classes = new Uint16Array(faces);
  const corners: number[] = [];
  const start = [0];
  const pieceClasses: number[] = [];
  for (let face = 0; face < faces; face++) {
    const forms = formsAt(partition, face);
    if (forms.length > MOST_CLASSES) {
      classes[face] = largest(forms, centroids[2 * face]!, centroids[2 * face + 1]!);
      continue;
    }
    const polygon: number[] = [];
    for (let i = faceStart[face]!; i < faceStart[face + 1]!; i++)
      polygon.push(vertices[2 * faceVertices[i]!]!, vertices[2 * faceVertices[i]! + 1]!);
    const winner = largest(forms, polygon[0]!, polygon[1]!);
    let isWhole = true;
    for (let i = 2; i < polygon.length && isWhole; i += 2) isWhole = largest(forms, polygon[i]!, polygon[i + 1]!) === winner;
    classes[face] = isWhole ? winner : SPLIT;
    if (isWhole) continue;
    forms.forEach((form, k) => {
      const piece = forms.reduce((rest, other, j) => (j === k || rest.length === 0 ? rest : clip(rest, minus(form, other))), polygon);
      if (piece.length < 6) return;
      for (const value of piece) corners.push(value);
      start.push(corners.length / 2);
      pieceClasses.push(k);
    });
  }
  return { classes, corners: Float64Array.from(corners), start: Int32Array.from(start), pieceClasses: Uint16Array.from(pieceClasses) };
}

/** a·s + b·t + c. */
type Form = readonly [a: number, b: number, c: number];

function formsAt({ maps, outputs }: SlicePartition, face: number): readonly Form[] {
  const at = (k: number): Form => {
    const first = 3 * (face * outputs + k);
    return [maps[first]!, maps[first + 1]!, maps[first + 2]!];
  };
  return outputs === 1 ? [[0, 0, 0], at(0)] : Array.from({ length: outputs }, (_, k) => at(k));
}

const valueAt = ([a, b, c]: Form, s: number, t: number): number => a * s + b * t + c;

const minus = (one: Form, other: Form): Form => [one[0] - other[0], one[1] - other[1], one[2] - other[2]];

function largest(forms: readonly Form[], s: number, t: number): number {
  let best = 0;
  for (let k = 1; k < forms.length; k++) if (valueAt(forms[k]!, s, t) > valueAt(forms[best]!, s, t)) best = k;
  return best;
}

/** The part of a convex polygon on which a form is at least 0 (Sutherland and Hodgman). */
function clip(polygon: readonly number[], form: Form): number[] {
  const kept: number[] = [];
  for (let i = 0; i < polygon.length; i += 2) {
    const next = (i + 2) % polygon.length;
    const [s0, t0, s1, t1] = [polygon[i]!, polygon[i + 1]!, polygon[next]!, polygon[next + 1]!];
    const [v0, v1] = [valueAt(form, s0, t0), valueAt(form, s1, t1)];
    if (v0 >= 0) kept.push(s0, t0);
    if (v0 < 0 !== v1 < 0) {
      const along = v0 / (v0 - v1);
      kept.push(s0 + along * (s1 - s0), t0 + along * (t1 - t0));
    }
  }
  return kept;
}
