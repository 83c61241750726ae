export { type Decomposition, decompose, imageTiles, type Part } from "./decompose";
export { type Distances, distances, type LayerDistances, type Neighbour, nearest } from "./distances";
export { type LineOptions, type LinePartition, linePartition } from "./partition/line-partition";
export { type Template, type TemplateOptions, templates } from "./templates";
