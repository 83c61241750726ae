export { type Decomposition, decompose, imageTiles, type Part } from "./decompose";
export { type Distances, distances, type LayerDistances, type Neighbour, nearest } from "./distances";
export { type Template, type TemplateOptions, templates } from "./templates";
