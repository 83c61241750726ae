import { MasoError, type Network } from "@maso/core";
import type { Refused } from "@maso/layers";
import { shapesFor } from "../input/input-shapes";
import type { Item } from "../input/read-input";
import { inFile } from "./in-file";
import type { ModelFile, ModelReading } from "./open-model";

/** The whole network; open shapes come from --input-shape or from the first row of data. Throws "refused". */
export async function readNetwork(file: ModelFile, items: readonly Item[] = []): Promise<ModelReading & { readonly network: Network }> {
  const shapes = await inFile(items.length === 0 ? file.name : items[0]!.where, async () => shapesFor(file.inputs, file.known, items[0]));
  const reading = await file.read(shapes);
  refuse(file, reading);
  return { ...reading, network: reading.network! };
}

/** Judges the operators, before there is any data. Throws "refused". */
export async function judge(file: ModelFile): Promise<void> {
  refuse(file, await file.read(file.known));
}

function refuse({ name }: ModelFile, { refused }: ModelReading): void {
  if (refused.length === 0) return;
  const named = refused.slice(0, 3).map(describe).join("; ");
  throw new MasoError(
    "refused",
    `${name}: ${refused.length} of its layers cannot be represented: ${named}${refused.length > 3 ? "; ..." : ""}`,
  );
}

function describe({ node, op, reason, cuts }: Refused): string {
  return `${node} (${op}): ${reason}${cuts.length > 0 ? `; --cut ${cuts[0]} works` : ""}`;
}
