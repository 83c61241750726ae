import { fileURLToPath } from "node:url";
import { templates } from "@maso/analysis";
import { forward, type Network, network, outputShape, random, sizeOf } from "@maso/core";
import { builtins } from "@maso/layers";
import { fromTfjs } from "@maso/layers/tfjs";

/** Limit: templates of all outputs cost at most (outputs + 2) forward passes of the same path. */
const digits = await fromTfjs(fileURLToPath(new URL("../../apps/cli/models/digits", import.meta.url)), { check: false });
report("digits", digits, sizeOf(outputShape(digits)));
report("3x3 convolutions at 64x64", convolutionStack(), 10);

function convolutionStack(): Network {
  const source = random(3);
  const nodes: Network["nodes"][number][] = [];
  let shape: readonly number[] = [64, 64, 3];
  const add = (kind: "conv2d" | "relu" | "global-avg-pool2d" | "dense", params: unknown): void => {
    const op = builtins.operator(kind, params, [shape]);
    nodes.push({ id: String(nodes.length), op, from: [nodes.length] });
    shape = op.output;
  };
  const weights = (...extents: number[]) => ({
    shape: extents,
    data: Float64Array.from({ length: sizeOf(extents) }, () => source.normal() / 10),
  });
  for (const [from, to] of [
    [3, 16],
    [16, 16],
    [16, 32],
    [32, 32],
  ] as const) {
    add("conv2d", { kernel: weights(3, 3, from, to), padding: "same" });
    add("relu", {});
  }
  add("global-avg-pool2d", {});
  add("dense", { weight: weights(10, 32) });
  return network({ inputs: [[64, 64, 3]], nodes, output: nodes.length });
}

/** The median of several runs, in turn, so that a machine that drifts does not favour one side. */
function report(name: string, net: Network, outputs: number): void {
  const source = random(1);
  const x = Float64Array.from({ length: sizeOf(net.inputs[0]!) }, () => source.uniform());
  const ratios: number[] = [];
  for (let run = 0; run < 9; run++) {
    const pass = seconds(() => forward(net, x));
    const all = seconds(() => templates(net, x, { rows: Array.from({ length: outputs }, (_, k) => k) }));
    if (run > 1) ratios.push(all / pass);
  }
  const median = ratios.sort((a, b) => a - b)[Math.floor(ratios.length / 2)]!;
  console.log(`templates, ${name}: ${median.toFixed(2)} forward passes for ${outputs} outputs (limit ${outputs + 2})`);
}

function seconds(action: () => unknown): number {
  const repeats = 3;
  const start = performance.now();
  for (let i = 0; i < repeats; i++) action();
  return (performance.now() - start) / repeats / 1000;
}
