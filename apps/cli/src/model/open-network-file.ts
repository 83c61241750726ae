import { type Registry, readNetworkFile } from "@maso/layers";
import type { ModelOptions, OpenedFile } from "./open-model";

/** A network file; its shapes are all there. */
export async function openNetworkFile(_path: string, json: unknown, layers: Registry, { cut, output }: ModelOptions): Promise<OpenedFile> {
  const reading = readNetworkFile(json, { layers, cut: cut ?? output });
  const { inputs, inputNames } = (reading.network ?? reading.partial)!;
  return {
    inputs: inputs.map((shape, i) => ({ name: inputNames[i]!, shape })),
    read: async () => reading,
  };
}
