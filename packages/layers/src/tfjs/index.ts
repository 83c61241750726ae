export type { ModelCheck } from "./check-against-model";
export { type FromTfjsOptions, fromTfjs } from "./from-tfjs";
export { type ReadTfjsOptions, readTfjs, type TfjsReading } from "./read-tfjs";
export type { TfjsSource } from "./tfjs-source";
export { vocabulary } from "./vocabulary";
