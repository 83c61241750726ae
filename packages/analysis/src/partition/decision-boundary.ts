import type { Quantizer } from "@maso/core";
import { type Cuts, cutsOf } from "./cuts";
import { reals } from "./numbers-list";

/** The stage that would cut regions along the decision boundary. */
export interface Decision {
  readonly node: number;
  readonly cuts: Cuts;
}

export function decisionOf(node: number, quantizer: Quantizer): Decision {
  return { node, cuts: cutsOf(quantizer, null) };
}

/** Segments of the decision boundary. What lies along an edge that several blocks have is found by each of them. */
export class BoundarySegments {
  /** (s0, t0, s1, t1). */
  readonly inside = reals();
  /** (edge, from, to): parts of an edge, from its first vertex (0) to its second (1). */
  readonly along = reals();

  /** The segment between two vertices. */
  add(place: Float64Array, v: number, w: number): void {
    const at = this.inside.extend(4);
    const { data } = this.inside;
    data[at] = place[2 * v]!;
    data[at + 1] = place[2 * v + 1]!;
    data[at + 2] = place[2 * w]!;
    data[at + 3] = place[2 * w + 1]!;
  }

  addAlong(edge: number, from: number, to: number): void {
    const at = this.along.extend(3);
    const { data } = this.along;
    data[at] = edge;
    data[at + 1] = Math.min(from, to);
    data[at + 2] = Math.max(from, to);
  }
}

/** All segments (s0, t0, s1, t1), what lies along an edge once. */
export function joinedSegments(inside: Float64Array, along: Float64Array, edges: Int32Array, vertices: Float64Array): Float64Array {
  const parts = new Map<number, [number, number][]>();
  for (let i = 0; i < along.length; i += 3) {
    const known = parts.get(along[i]!) ?? [];
    known.push([along[i + 1]!, along[i + 2]!]);
    parts.set(along[i]!, known);
  }
  const found: number[] = [];
  for (const [edge, list] of parts) {
    const [v, w] = [edges[2 * edge]!, edges[2 * edge + 1]!];
    const at = (part: number): [number, number] => [
      vertices[2 * v]! + part * (vertices[2 * w]! - vertices[2 * v]!),
      vertices[2 * v + 1]! + part * (vertices[2 * w + 1]! - vertices[2 * v + 1]!),
    ];
    let reached = 0;
    for (const [from, to] of list.sort(([x], [y]) => x - y)) {
      if (to <= reached) continue;
      found.push(...at(Math.max(from, reached)), ...at(to));
      reached = to;
    }
  }
  const all = new Float64Array(inside.length + found.length);
  all.set(inside);
  all.set(found, inside.length);
  return all;
}

export function lengthOf(segments: Float64Array): number {
  let length = 0;
  for (let i = 0; i < segments.length; i += 4) length += Math.hypot(segments[i + 2]! - segments[i]!, segments[i + 3]! - segments[i + 1]!);
  return length;
}
