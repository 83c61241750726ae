import { type Network, sourceShape, unitsOf } from "@maso/core";
import type { Reading } from "@maso/layers";
import type { Answer } from "../answer";
import { formatOpenShape } from "../input/open-shape";
import { countAllParameters, countParameters } from "../model/count-parameters";
import { countUnits } from "../model/count-units";
import { type ModelFile, type ModelOptions, type ModelReading, openModel } from "../model/open-model";
import { notice } from "../output/notice";
import { table } from "../output/table";

/** What a model is made of, and what of it cannot be represented. */
export async function inspect(model: string, options: ModelOptions): Promise<Answer> {
  const file = await openModel(model, options);
  const reading = await readAnything(file);
  const network = reading.network ?? reading.partial;
  const report = {
    format: reading.format,
    inputs: network?.inputs ?? file.inputs.map(({ shape }) => shape),
    layers: network ? layersOf(network) : [],
    units: network ? countUnits(network) : 0,
    parameters: network ? countAllParameters(network) : 0,
    head: reading.network?.head ?? null,
    refused: reading.refused,
  };
  return { json: () => report, text: () => textOf(file.name, report) };
}

/** For an open extent, where nothing says what it is. */
const SHOWN_EXTENT = 64;

/** What can be read at all, refused or not; open extents are shown as 64, and a notice says so. */
async function readAnything({ inputs, known, read }: ModelFile): Promise<ModelReading> {
  const reading = await read(known);
  if (reading.refused.length > 0 || known.every((shape) => shape !== null)) return reading;
  const shapes = inputs.map(({ shape }, i) => known[i] ?? shape.map((extent) => extent ?? SHOWN_EXTENT));
  notice(`the model's input size is open; shown for ${shapes.map(formatOpenShape).join(", ")} (--input-shape sets another)`);
  return read(shapes);
}

interface Report {
  readonly format: Reading["format"];
  readonly inputs: readonly (readonly (number | null)[])[];
  readonly layers: readonly LayerReport[];
  readonly units: number;
  readonly parameters: number;
  readonly head: Network["head"] | null;
  readonly refused: Reading["refused"];
}

type LayerReport = ReturnType<typeof layersOf>[number];

function layersOf(network: Network) {
  return network.nodes.map(({ id, op, from }) => {
    const { count, pieces } = op.type === "quantizer" ? unitsOf(op) : { count: 0, pieces: 0 };
    const inputs = from.map((source) => sourceShape(network, source));
    return { id, kind: op.kind, type: op.type, inputs, output: op.output, units: count, pieces, parameters: countParameters(op) };
  });
}

function textOf(name: string, { format, inputs, layers, units, parameters, head, refused }: Report): string {
  const quantizers = layers.filter(({ type }) => type === "quantizer").length;
  const lines = [
    `${name}: ${format}`,
    `${inputs.map(formatOpenShape).join(", ")} -> ${layers.at(-1) ? formatOpenShape(layers.at(-1)!.output) : "nothing"}${
      head
        ? `, then ${[head]
            .flat()
            .map((each) => each ?? "nothing")
            .join(", ")}`
        : ""
    }`,
    `${layers.length} layers: ${layers.length - quantizers} affine, ${quantizers} quantizers; ${units} units, ${parameters} parameters`,
  ];
  if (layers.length > 0) {
    const rows = layers.map((layer) => [
      layer.id,
      layer.kind,
      layer.type,
      layer.inputs.map(formatOpenShape).join(" "),
      formatOpenShape(layer.output),
      ...[layer.units, layer.pieces, layer.parameters].map((count) => (count === 0 ? "–" : String(count))),
    ]);
    lines.push("", table(["layer", "kind", "type", "inputs", "output", "units", "pieces", "parameters"], rows));
  }
  if (refused.length > 0) {
    lines.push("", `Refused: ${refused.length} ${refused.length === 1 ? "layer" : "layers"}; the table above stops before them.`);
    lines.push(
      table(
        ["node", "op", "reason", "cuts"],
        refused.map(({ node, op, reason, cuts }) => [node, op, reason, cuts.join(" ")]),
      ),
    );
  }
  return lines.join("\n");
}
