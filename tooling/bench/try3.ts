import "@tensorflow/tfjs-backend-wasm";
import { fileURLToPath } from "node:url";
import { compile } from "@maso/backends";
import { fromTfjs } from "@maso/layers/tfjs";
import * as tf from "@tensorflow/tfjs-core";

const net = await fromTfjs(fileURLToPath(new URL("../../apps/cli/models/digits", import.meta.url)), { check: false });
const c = await compile(net, { backend: "wasm" });
await tf.setBackend("wasm");
const x = tf.randomUniform([32, ...net.inputs[0]!], 0, 1, "float32", 3);
const time = (n: number, f: () => tf.Tensor) => {
  f().dispose();
  const s = performance.now();
  for (let i = 0; i < n; i++) f().dispose();
  return (performance.now() - s) / n;
};
const ts: number[] = [],
  fs: number[] = [];
for (let i = 0; i < 10; i++) {
  fs.push(time(20, () => c.forward(x)));
  ts.push(time(3, () => c.templates(x)));
}
console.log(Math.min(...fs).toFixed(2), Math.min(...ts).toFixed(2), (Math.min(...ts) / Math.min(...fs) / 11).toFixed(2));
