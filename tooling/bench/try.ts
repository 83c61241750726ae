import "@tensorflow/tfjs-backend-wasm";
import "@tensorflow/tfjs-backend-cpu";
import { fileURLToPath } from "node:url";
import { compile } from "@maso/backends";
import { type Network, network, outputShape, random, sizeOf } from "@maso/core";
import { builtins } from "@maso/layers";
import { fromTfjs, readTfjs } from "@maso/layers/tfjs";
import * as tf from "@tensorflow/tfjs-core";
import { thirdPartyModel } from "../models/third-party-models";

async function bench(name: string, net: Network, rows: number, backend: string) {
  const outs = sizeOf(outputShape(net));
  const c = await compile(net, { backend });
  await tf.setBackend(backend);
  const x = tf.randomUniform([rows, ...net.inputs[0]!], 0, 1, "float32", 3);
  const time = (f: () => tf.Tensor) => {
    let best = Infinity;
    for (let i = 0; i < 6; i++) {
      const s = performance.now();
      const t = f();
      t.dataSync();
      t.dispose();
      best = Math.min(best, performance.now() - s);
    }
    return best;
  };
  const f = time(() => c.forward(x)),
    e = time(() => c.encode(x)),
    t = time(() => c.templates(x)),
    b = time(() => c.localBias(x));
  console.log(
    name,
    backend,
    "rows",
    rows,
    "forward",
    f.toFixed(2),
    "encode/f",
    (e / f).toFixed(2),
    "templates/((o+1)f)",
    (t / f / (outs + 1)).toFixed(2),
    "bias/f",
    (b / f).toFixed(2),
  );
  if (process.argv[2] === "profile")
    for (const [what, g] of [
      ["forward", () => c.forward(x)],
      ["templates", () => c.templates(x)],
    ] as const) {
      const p = await tf.profile(g);
      const by: Record<string, number> = {};
      for (const k of p.kernels)
        by[k.name + " " + JSON.stringify(k.inputShapes?.[0])] =
          (by[k.name + " " + JSON.stringify(k.inputShapes?.[0])] ?? 0) + ((await k.kernelTimeMs) as number);
      console.log(
        what,
        Object.entries(by)
          .sort((a, b) => b[1] - a[1])
          .slice(0, 14)
          .map(([n, t]) => `${n} ${t.toFixed(2)}`)
          .join("\n   "),
      );
    }
}
const digits = await fromTfjs(fileURLToPath(new URL("../../apps/cli/models/digits", import.meta.url)), { check: false });
await bench("digits", digits, 32, "wasm");
await bench("digits", digits, 1, "wasm");
const nodes: any[] = [];
let shape: readonly number[] = [64, 64, 3];
const source = random(3);
const add = (kind: string, params: unknown) => {
  const op = builtins.operator(kind, params, [shape]);
  nodes.push({ id: String(nodes.length), op, from: [nodes.length] });
  shape = op.output;
};
const weights = (...e: number[]) => ({ shape: e, data: Float64Array.from({ length: sizeOf(e) }, () => source.normal() / 10) });
for (const [a, b] of [
  [3, 16],
  [16, 16],
  [16, 32],
  [32, 32],
]) {
  add("conv2d", { kernel: weights(3, 3, a!, b!), padding: "same" });
  add("relu", {});
}
add("global-avg-pool2d", {});
add("dense", { weight: weights(10, 32) });
await bench("stack", network({ inputs: [[64, 64, 3]], nodes, output: nodes.length }), 4, "wasm");
const { network: mob } = await readTfjs(thirdPartyModel("nsfwjs-mobilenet-v2-mid").folder(), { check: false });
await bench("mobilenet mid", mob!, 1, "wasm");
{
  const c = await compile(mob!, { backend: "wasm" });
  const x = tf.randomUniform([1, ...mob!.inputs[0]!], 0, 1, "float32", 3);
  c.templates(x).dispose();
  const p = await tf.profile(() => c.templates(x));
  for (const k of p.kernels) {
    const t = (await k.kernelTimeMs) as number;
    if (t > 15) console.log(k.name, JSON.stringify(k.inputShapes), JSON.stringify(k.outputShapes), t.toFixed(1));
  }
}
