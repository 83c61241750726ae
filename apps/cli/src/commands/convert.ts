import { Buffer } from "node:buffer";
import { writeNetworkFile } from "@maso/layers";
import type { Answer } from "../answer";
import { countAllParameters } from "../model/count-parameters";
import { countUnits } from "../model/count-units";
import { type ModelOptions, openModel } from "../model/open-model";
import { judge, readNetwork } from "../model/read-network";
import { counted } from "../output/counted";
import { writeFileAtomically } from "../output/write-file-atomically";

export type ConvertOptions = ModelOptions;

/** Writes a model as a network file. */
export async function convert(model: string, out: string, options: ConvertOptions): Promise<Answer> {
  const file = await openModel(model, options);
  await judge(file);
  const { network } = await readNetwork(file);
  const text = `${JSON.stringify(writeNetworkFile(network, { layers: file.layers }))}\n`;
  writeFileAtomically(out, text);
  const report = {
    out,
    layers: network.nodes.length,
    units: countUnits(network),
    parameters: countAllParameters(network),
    bytes: Buffer.byteLength(text),
  };
  return {
    json: () => report,
    text: () =>
      `${out}: ${counted(report.layers, "layer")}, ${counted(report.units, "unit")}, ${counted(report.parameters, "parameter")}, ${report.bytes} bytes`,
  };
}
