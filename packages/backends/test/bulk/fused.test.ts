import type { AffineForm, Network } from "@maso/core";
import { type NetworkNode, network, type Shape } from "@maso/core";
import { builtins } from "@maso/layers";
import { describe, expect, it } from "vitest";
import { fused } from "../../src/bulk/plan/fused";
import { planOf } from "../../src/bulk/plan/plan";

const kernel = [[[[1, 2]], [[3, 4]]], [[[5, 6]], [[7, 8]]]]; // biome-ignore format: [2, 2, 1, 2]
const padding = [[1, 2], [0, 1]]; // biome-ignore format: one line
const image: Shape = [4, 5, 1];

/** Layers one behind the other, and `extra` that reads the first one too. */
function chain(...layers: readonly (readonly [kind: string, params: unknown, from?: number])[]): Network {
  const nodes: NetworkNode[] = [];
  layers.forEach(([kind, params, from = nodes.length], i) => {
    const inputs = [from === 0 ? image : nodes[from - 1]!.op.output];
    nodes.push({ id: `${i}`, op: builtins.operator(kind, params, inputs), from: [from] });
  });
  return network({ inputs: [image], nodes, output: nodes.length });
}

const forms = (net: Network): string[] => fused(planOf(net)).nodes.map(({ op }) => (op.type === "affine" ? op.form.type : "quantizer"));

describe("compile makes one of", () => {
  it("zeros around an image and a convolution: its padding", () => {
    const [node] = fused(planOf(chain(["zero-pad2d", { padding }], ["conv2d", { kernel }]))).nodes;
    const form = (node!.op as { form: AffineForm }).form;
    expect(form).toMatchObject({ type: "convolution", geometry: { input: image, padding, output: [6, 5, 2] } });
  });

  it("a convolution and a batch norm: its weights and bias", () => {
    const net = chain(["conv2d", { kernel, bias: [1, 10] }], ["scale-shift", { scale: [2, -1], shift: [0, 5] }]);
    const [node, ...others] = fused(planOf(net)).nodes;
    expect(others).toEqual([]);
    expect(node!.op).toMatchObject({ bias: Float64Array.of(2, -5), form: { kernel: Float64Array.of(2, -2, 6, -4, 10, -6, 14, -8) } });
  });

  it("all three", () => {
    expect(forms(chain(["zero-pad2d", { padding }], ["conv2d", { kernel }], ["scale-shift", { scale: 3 }], ["relu", {}]))).toEqual([
      "convolution",
      "quantizer",
    ]);
  });

  it("nothing where another layer reads what stands between, or where the edges are not zeros", () => {
    const read = chain(["conv2d", { kernel }], ["scale-shift", { scale: [2, 3] }], ["scale-shift", { scale: 2 }, 1]);
    expect(forms({ ...read, nodes: read.nodes, output: 3 })).toEqual(["convolution"]);
    const both = network({
      inputs: [image],
      nodes: [...read.nodes, { id: "sum", op: builtins.operator("add", {}, [[3, 4, 2], [3, 4, 2]]), from: [2, 3] }], // biome-ignore format: one line
      output: 4,
    });
    expect(forms(both)).toEqual(["convolution", "diagonal", "diagonal", "combination"]);
    const mirrored = chain(["pad", { paddings: [[1, 1], [0, 0], [0, 0]], mode: "reflect" }], ["conv2d", { kernel }]); // biome-ignore format: one line
    expect(forms(mirrored)).toEqual(["gather", "convolution"]);
  });
});
