import { MasoError } from "@maso/core";
import { checkPlainJson } from "../file/json-fields";
import type { Artifacts, WeightSpec } from "./artifacts";
import { formatOf } from "./format-of";
import { inFile } from "./in-file";
import { joinBytes } from "./join-bytes";
import { signatureOf } from "./signature-of";

/** A model.json, or the folder it is in, with the weight files beside it; in Node. Throws "file" or "format", naming the file. */
export async function readModelFile(path: string): Promise<Artifacts> {
  const { readFile, stat } = await import("node:fs/promises");
  const { dirname, isAbsolute, join, normalize } = await import("node:path");
  const file = (await isFolder(path)) ? join(path, "model.json") : path;
  const json = parseJson(file, await readOr(file, () => readFile(file, "utf8")));
  if (!isObject(json) || !isObject(json.modelTopology))
    throw new MasoError("format", `${file}: this is no tfjs model; expected modelTopology, an object`);
  inFile(file, () => checkPlainJson(json));
  const weightSpecs: WeightSpec[] = [];
  const parts: Uint8Array[] = [];
  for (const { paths, weights } of manifest(file, json.weightsManifest)) {
    for (const spec of weights) weightSpecs.push(spec);
    for (const name of paths) {
      if (isAbsolute(name) || normalize(name).startsWith(".."))
        throw new MasoError("format", `${file}: weight file ${name} needs to stand beside the model`);
      const at = join(dirname(file), name);
      parts.push(await readOr(at, () => readFile(at)));
    }
  }
  return {
    name: file,
    format: formatOf(json.format, json.modelTopology),
    topology: json.modelTopology,
    weightSpecs,
    weightData: joinBytes(parts),
    signature: signatureOf(json),
  };

  async function isFolder(at: string): Promise<boolean> {
    return (await readOr(at, () => stat(at))).isDirectory();
  }
}

async function readOr<T>(file: string, action: () => Promise<T>): Promise<T> {
  try {
    return await action();
  } catch (error) {
    const code = (error as { code?: string }).code;
    const reason =
      code === "ENOENT" ? "there is no such file" : code === "EISDIR" ? "this is a folder" : `cannot be read (${code ?? "unknown reason"})`;
    throw new MasoError("file", `${file}: ${reason}`, { cause: error });
  }
}

export function parseJson(file: string, text: string): unknown {
  try {
    return JSON.parse(text);
  } catch (error) {
    throw new MasoError("format", `${file}: this is no JSON; ${(error as Error).message.replaceAll("\n", " ")}`, { cause: error });
  }
}

function isObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

function manifest(file: string, value: unknown): readonly { readonly paths: readonly string[]; readonly weights: readonly WeightSpec[] }[] {
  if (value === undefined || value === null) return [];
  const sound =
    Array.isArray(value) &&
    value.every(
      (group) =>
        isObject(group) &&
        Array.isArray(group.paths) &&
        Array.isArray(group.weights) &&
        group.weights.every(isObject) &&
        group.paths.every((path) => typeof path === "string"),
    );
  if (!sound) throw new MasoError("format", `${file}: weightsManifest needs to be a list of { paths, weights }, weights being objects`);
  return value;
}
