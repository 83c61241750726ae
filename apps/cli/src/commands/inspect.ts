import { isHard, MasoError, type Network, type Operator, outputShape, type Quantizer, type Shape, sourceShape, unitsOf } from "@maso/core";
import type { Reading } from "@maso/layers";
import type { Answer } from "../answer";
import { formatOpenShape } from "../input/open-shape";
import { countAllParameters, countParameters } from "../model/count-parameters";
import { countUnits } from "../model/count-units";
import { type ModelFile, type ModelOptions, type ModelReading, openModel } from "../model/open-model";
import { counted } from "../output/counted";
import { notice } from "../output/notice";
import { formatNumber, table } from "../output/table";

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
    ...(reading.agreement ? { agreement: reading.agreement } : {}),
  };
  return { json: () => report, text: () => textOf(file.name, report, network ? outputShape(network) : null) };
}

/** For an open extent, where nothing says what it is. */
const SHOWN_EXTENT = 64;

/** What can be read at all, refused or not; open extents are shown as 64 as far as that goes, and a notice says so. */
async function readAnything({ name, inputs, known, read }: ModelFile): Promise<ModelReading> {
  const reading = await read(known);
  if (reading.refused.length > 0 || known.every((shape) => shape !== null)) return reading;
  const shapes = inputs.map(({ shape }, i) => known[i] ?? shape.map((extent) => extent ?? SHOWN_EXTENT));
  const shown = shapes.map(formatOpenShape).join(", ");
  const assumed = await read(shapes, { assumed: true }).catch((error: unknown) => ({ ...reading, problem: problemOf(error) }));
  const how = assumed.problem
    ? `${shown} does not fit all of it (${withoutPrefix(assumed.problem.message, name)}); --input-shape says what does`
    : `shown for ${shown} (--input-shape sets another)`;
  notice(`${name}: the model's input size is open; ${how}`);
  return assumed;
}

function problemOf(error: unknown): MasoError {
  if (error instanceof MasoError && error.code !== "mismatch") return error;
  throw error;
}

const withoutPrefix = (message: string, name: string): string =>
  message.startsWith(`${name}`) ? message.slice(message.indexOf(": ") + 2) : message;

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
    const row = { id, kind: op.kind, type: op.type, inputs, output: op.output, units: count, pieces, parameters: countParameters(op) };
    return { ...row, ...(isSoft(op) ? { beta: typeof op.beta === "number" ? op.beta : [...op.beta] } : {}) };
  });
}

const isSoft = (op: Operator): op is Quantizer => op.type === "quantizer" && !isHard(op.beta);

const shownCount = (count: number): string => (count === 0 ? "–" : String(count));

function shownBeta(beta: number | readonly number[]): string {
  if (typeof beta === "number") return formatNumber(beta);
  const [low, high] = [beta.reduce((a, b) => Math.min(a, b)), beta.reduce((a, b) => Math.max(a, b))];
  return low === high ? formatNumber(low) : `${formatNumber(low)} to ${formatNumber(high)}`;
}

function textOf(name: string, { format, inputs, layers, units, parameters, head, refused }: Report, output: Shape | null): string {
  const quantizers = layers.filter(({ type }) => type === "quantizer").length;
  const lines = [
    `${name}: ${format}`,
    `${inputs.map(formatOpenShape).join(", ")} -> ${output ? formatOpenShape(output) : "nothing"}${
      head
        ? `, then ${[head]
            .flat()
            .map((each) => each ?? "nothing")
            .join(", ")}`
        : ""
    }`,
    `${counted(layers.length, "layer")}: ${layers.length - quantizers} affine, ${counted(quantizers, "quantizer")}; ${counted(units, "unit")}, ${counted(parameters, "parameter")}`,
  ];
  if (layers.length > 0) {
    const rows = layers.map((layer) => [
      layer.id,
      layer.kind,
      layer.type,
      layer.inputs.map(formatOpenShape).join(" "),
      formatOpenShape(layer.output),
      shownCount(layer.units),
      `${shownCount(layer.pieces)}${layer.beta === undefined ? "" : `, β ${shownBeta(layer.beta)}`}`,
      shownCount(layer.parameters),
    ]);
    lines.push("", table(["layer", "kind", "type", "inputs", "output", "units", "pieces", "parameters"], rows));
  }
  if (refused.length > 0) {
    lines.push("", `Refused: ${counted(refused.length, "layer")}; the table above stops before them.`);
    lines.push(
      table(
        ["node", "op", "reason", "cuts"],
        refused.map(({ node, op, reason, cuts }) => [node, op, reason, cuts.join(" ")]),
      ),
    );
  }
  return lines.join("\n");
}
