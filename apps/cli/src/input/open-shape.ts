import type { Shape } from "@maso/core";

/** A shape as a model declares it: null where it takes any extent. */
export type OpenShape = readonly (number | null)[];

export const isOpen = (shape: OpenShape): boolean => shape.includes(null);

/** The shape fits what a model declares. */
export function fits(declared: OpenShape, shape: Shape): boolean {
  return declared.length === shape.length && declared.every((extent, axis) => extent === null || extent === shape[axis]);
}

export function formatOpenShape(shape: OpenShape): string {
  return `[${shape.map((extent) => extent ?? "any").join(", ")}]`;
}
