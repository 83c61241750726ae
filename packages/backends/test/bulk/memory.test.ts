import { inputSize, network, outputShape, sizeOf, soften } from "@maso/core";
import { builtins } from "@maso/layers";
import * as tf from "@tensorflow/tfjs-core";
import { describe, expect, it } from "vitest";
import { compile } from "../../src";
import { devices } from "./devices";

const CALLS = 1000;

/** A convolution, pooling, two kinds of units and a matrix. */
const small = network({
  inputs: [[4, 4, 1]],
  nodes: [
    { id: "conv", op: builtins.operator("conv2d", { kernel: [[[[1, -1]]], [[[2, 0.5]]]], padding: "same" }, [[4, 4, 1]]), from: [0] },
    { id: "relu", op: builtins.operator("relu", {}, [[4, 4, 2]]), from: [1] },
    { id: "pool", op: builtins.operator("max-pool2d", { poolSize: 2 }, [[4, 4, 2]]), from: [2] },
    { id: "flat", op: builtins.operator("flatten", {}, [[2, 2, 2]]), from: [3] },
    {
      id: "dense",
      op: builtins.operator(
        "dense",
        {
          weight: [
            [1, 0, 2, 0, 0, 1, 0, -1],
            [0, 1, 1, 1, 0, 0, 2, 0],
          ],
          bias: [1, 2],
        },
        [[8]],
      ),
      from: [4],
    },
  ],
  output: 5,
});

for (const { name, absent } of devices)
  describe.skipIf(absent !== undefined)(`memory on ${name}${absent ? ` (${absent})` : ""}`, () => {
    it("calls that wait in between leave nothing behind", async () => {
      await tf.setBackend(name);
      const compiled = await compile(small);
      const clean = pick(tf.memory());
      const one = async (): Promise<number> => {
        const x = tf.ones([1, 4, 4, 1]);
        const y = compiled.forward(x);
        const [value] = await y.data();
        const rows = compiled.templates(x);
        await rows.data();
        tf.dispose([x, y, rows]);
        return value!;
      };
      const values = await Promise.all(Array.from({ length: 20 }, one));
      expect(new Set(values).size).toBe(1);
      expect(pick(tf.memory())).toEqual(clean);
      compiled.dispose();
    });

    // Last: a GPU works off what it was given after the calls have returned.
    for (const [title, net] of Object.entries({ hard: small, soft: soften(small, 0.5) }))
      it(`${title}: is flat over ${CALLS} calls of each function, and all given back by dispose`, async () => {
        await tf.setBackend(name);
        const clean = tf.memory();
        const compiled = await compile(net);
        const [x, v, u] = [tf.ones([2, 4, 4, 1]), tf.ones([4, inputSize(net)]), tf.ones([4, sizeOf(outputShape(net))])];
        const functions = {
          forward: () => compiled.forward(x),
          encode: () => compiled.encode(x),
          jvp: () => compiled.jvp(x, v),
          vjp: () => compiled.vjp(x, u),
          templates: () => compiled.templates(x),
          localBias: () => compiled.localBias(x),
        };
        for (const [what, call] of Object.entries(functions)) {
          const { numTensors, numDataBuffers, numBytes } = tf.memory();
          for (let i = 0; i < CALLS; i++) call().dispose();
          expect({ what, ...pick(tf.memory()) }).toEqual({ what, numTensors, numDataBuffers, numBytes });
        }
        tf.dispose([x, v, u]);
        compiled.dispose();
        compiled.dispose();
        expect(pick(tf.memory())).toEqual(pick(clean));
      });
  });

function pick({ numTensors, numDataBuffers, numBytes }: tf.MemoryInfo): Pick<tf.MemoryInfo, "numTensors" | "numDataBuffers" | "numBytes"> {
  return { numTensors, numDataBuffers, numBytes };
}
