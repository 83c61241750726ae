export type { Choices } from "./code-tree";
export { type ExactForm, intersection, lineThrough, signAt } from "./exact-form";
export { type ExactNetwork, exactNetwork } from "./exact-network";
export { type ExactPoint, exactPoint, samePoint, toFloat } from "./exact-point";
export type { ExactRun } from "./exact-run";
