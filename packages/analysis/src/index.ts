export { type Decomposition, decompose, imageTiles, type Part } from "./decompose";
export { type Distances, distances, type LayerDistances, type Neighbour, nearest } from "./distances";
export { type LineOptions, type LinePartition, linePartition } from "./partition/line-partition";
export type { PartitionLayer, PartitionSummary, SlicePartition } from "./partition/partition-result";
export { type Rectangle, type Slice, slices } from "./partition/slice";
export { type PartitionOptions, slicePartition } from "./partition/slice-partition";
export { type Template, type TemplateOptions, templates } from "./templates";
