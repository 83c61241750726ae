import { join } from "node:path";
import { MasoError, type Shape } from "@maso/core";
import type { Reading, Registry } from "@maso/layers";
import { type DeclaredInput, knownShapes } from "../input/input-shapes";
import { isFolder, readJson } from "../input/read-file";
import { inFile } from "./in-file";
import { loadPlugins } from "./load-plugins";

export interface ModelOptions {
  readonly cut?: string;
  readonly output?: string;
  readonly inputShape?: readonly string[];
  readonly plugin?: readonly string[];
  readonly json?: boolean;
}

/** A model's file, opened: what it takes is known, its layers are read when the shapes of its inputs are. */
export interface ModelFile {
  /** As the user named it. */
  readonly name: string;
  readonly layers: Registry;
  readonly inputs: readonly DeclaredInput[];
  /** The shapes known before any data; null where open. */
  readonly known: readonly (Shape | null)[];
  /** Where a shape is open, operators are judged and nothing else is; where it is only assumed, it may fit a part of the model. */
  read(shapes: readonly (Shape | null)[], how?: { readonly assumed: boolean }): Promise<ModelReading>;
}

export interface ModelReading extends Reading {
  /** How closely the network agrees with TensorFlow.js, or why that was not compared; absent for network files. */
  readonly agreement?: Agreement;
  /** Why the network ends early, where its input's shape was only assumed. */
  readonly problem?: MasoError;
}

/** The largest difference to the model's own float32 output, relative to its largest value. */
export type Agreement = { readonly error: number; readonly tolerance: number } | { readonly skipped: string };

/** Opens a network file or a tfjs model: the content decides. Throws "file", "format" and what reading finds wrong. */
export async function openModel(model: string, options: ModelOptions): Promise<ModelFile> {
  const layers = await loadPlugins(options.plugin ?? []);
  const path = modelPath(model);
  return inFile(path, async () => {
    const file = await openFile(path, layers, options);
    const readings = new Map<string, Promise<ModelReading>>();
    const read: ModelFile["read"] = (shapes, how) => {
      const key = JSON.stringify([shapes, how]);
      const reading = readings.get(key) ?? inFile(path, () => file.read(shapes, how));
      readings.set(key, reading);
      return reading;
    };
    return { name: model, layers, inputs: file.inputs, known: knownShapes(options.inputShape ?? [], file.inputs), read };
  });
}

/** What was parsed goes when this is done, unless the format's reader keeps it. */
async function openFile(path: string, layers: Registry, options: ModelOptions): Promise<OpenedFile> {
  const json = readJson(path);
  const open = isTfjs(json) ? (await import("./open-tfjs")).openTfjs : (await import("./open-network-file")).openNetworkFile;
  return open(path, json, layers, options);
}

/** The file that MODEL names; of a folder its model.json. Throws "file". */
export const modelPath = (model: string): string => (isFolder(model) ? join(model, "model.json") : model);

/** What the readers of each format know of a file. */
export type OpenedFile = Pick<ModelFile, "inputs" | "read">;

function isTfjs(json: unknown): boolean {
  if (typeof json !== "object" || json === null || Array.isArray(json))
    throw new MasoError("format", 'expected a network file ("format": "maso-network") or a tfjs model.json');
  if ("modelTopology" in json) return true;
  if ("format" in json || "layers" in json) return false;
  throw new MasoError("format", 'expected a network file ("format": "maso-network") or a tfjs model.json ("modelTopology")');
}
