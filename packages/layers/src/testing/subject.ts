import { formatShape, harden, isContinuous, type Network, network, type Operator, type Shape, soften } from "@maso/core";
import type { LayerPlugin } from "../define-plugin";
import { type Registry, registry } from "../registry";
import { type Unit, unitsByDefinition } from "./unit";

/** Parameters as a network file gives them, and the shapes of the inputs. */
export interface ConformanceCase {
  /** For the tests' names; the parameters where absent. */
  readonly name?: string;
  readonly params?: unknown;
  readonly inputs: readonly Shape[];
}

/** One operator under test, as the only node of a network. */
export interface Subject {
  readonly title: string;
  readonly given: ConformanceCase;
  /** Knows the plugin under test, and others where it is made of them. */
  readonly layers: Registry;
  readonly op: Operator;
  readonly network: Network;
  /** Of a quantizer, by the definition; none of an affine operator. */
  readonly units: readonly Unit[];
  /** A quantizer all of whose units use one piece only. */
  readonly hard: boolean;
  readonly continuous: boolean;
}

const SOFT = 0.3;

/** The operator as built; a quantizer also with its units made soft, or hard where they were not. */
export function subjects(plugin: LayerPlugin, given: ConformanceCase, others?: Pick<Registry, "plugins">): readonly Subject[] {
  const rest = [...(others?.plugins.values() ?? [])].filter(({ kind }) => kind !== plugin.kind);
  const layers = registry([plugin, ...rest]) as unknown as Registry;
  const op = layers.operator(plugin.kind, given.params, given.inputs);
  const built = network({
    inputs: given.inputs,
    nodes: [{ id: plugin.kind, op, from: given.inputs.map((_, i) => i) }],
    output: given.inputs.length,
  });
  const subject = (net: Network, variant: string): Subject => subjectOf(`${titleOf(plugin.kind, given)}${variant}`, given, layers, net);
  if (op.type === "affine") return [subject(built, "")];
  const other = isHard(op.beta) ? soften(built, SOFT) : harden(built);
  return [built, other].map((net) => subject(net, `, ${formatBeta(net)}`));
}

export function titleOf(kind: string, { name, params, inputs }: ConformanceCase): string {
  const described = name ?? (params === undefined ? "" : JSON.stringify(params));
  return [kind, described, "on", inputs.map(formatShape).join(" ")].filter(Boolean).join(" ");
}

function subjectOf(title: string, given: ConformanceCase, layers: Registry, net: Network): Subject {
  const { op } = net.nodes[0]!;
  const units = op.type === "quantizer" ? unitsByDefinition(op) : [];
  return { title, given, layers, op, network: net, units, hard: op.type === "quantizer" && isHard(op.beta), continuous: isContinuous(net) };
}

function isHard(beta: number | Float64Array): boolean {
  return typeof beta === "number" ? beta === 1 : beta.every((value) => value === 1);
}

function formatBeta({ nodes }: Network): string {
  const { op } = nodes[0]!;
  if (op.type === "affine" || isHard(op.beta)) return "hard";
  return `β = ${typeof op.beta === "number" ? op.beta : `[${op.beta.join(", ")}]`}`;
}
