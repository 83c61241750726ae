import type { io } from "@tensorflow/tfjs-core";
import type { LayersModel } from "@tensorflow/tfjs-layers";

/** A model in memory, the path of its model.json or of the folder it is in, a URL, an io handler, or artifacts. */
export type TfjsSource = LayersModel | SavableModel | string | io.IOHandler | io.ModelArtifacts;

/** What maso needs of a model in memory. */
export interface SavableModel {
  save(handler: io.IOHandler): Promise<io.SaveResult>;
  predict(inputs: unknown): unknown;
}

export function isModel(source: TfjsSource): source is LayersModel {
  return typeof source === "object" && "save" in source && "predict" in source;
}
