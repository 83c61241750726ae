import * as tf from "@tensorflow/tfjs-core";
import { beforeAll, describe, expect, it } from "vitest";
import { differences, type PackedCodes } from "../../src/codes";
import { plainDifferences } from "../../src/codes/plain-differences";
import { sectionsOf } from "../../src/codes/sections";
import { hammingDistances, registerHammingDistances } from "../../src/codes/tfjs";
import { layoutFor, randomCodes } from "./random-codes";
import { startedBackends } from "./tensor-devices";

const started = await startedBackends();
const layouts = {
  "two pieces": layoutFor([700, 2]),
  "all widths, in turn": layoutFor([33, 2], [7, 9], [3, 300], [600, 1], [40, 2], [77, 200], [19, 1000]),
};
const tensor = ({ rows, layout, words }: PackedCodes): tf.Tensor2D => tf.tensor2d(words, [rows, layout.words], "int32");

for (const backend of ["cpu", "wasm", "webgpu"])
  describe.skipIf(!started.has(backend))(`the kernel HammingDistances on ${backend}`, () => {
    beforeAll(async () => {
      await tf.setBackend(backend);
    });

    it.each(Object.entries(layouts))("counts as the oracle: %s", async (_, layout) => {
      const [a, b] = [randomCodes(layout, 21, 1), randomCodes(layout, 35, 2)];
      const [x, y] = [tensor(a), tensor(b)];
      const counts = hammingDistances(tf, layout, x, y);
      expect([counts.shape, counts.dtype]).toEqual([[21, 35], "int32"]);
      expect([...(await counts.data())]).toEqual([...plainDifferences(sectionsOf(layout), a, b)]);
      expect([...(await hammingDistances(tf, layout, x, x).data())]).toEqual([...differences(a)]);
    });

    it("takes no rows, and codes of no units", async () => {
      const empty = hammingDistances(tf, layoutFor(), tf.zeros([2, 0], "int32"), tf.zeros([3, 0], "int32"));
      expect([empty.shape, [...(await empty.data())]]).toEqual([
        [2, 3],
        [0, 0, 0, 0, 0, 0],
      ]);
      expect(hammingDistances(tf, layoutFor([3, 2]), tf.zeros([0, 1], "int32"), tf.zeros([3, 1], "int32")).shape).toEqual([0, 3]);
    });

    it("keeps no memory over 1,000 calls", () => {
      const layout = layouts["two pieces"];
      const [x, y] = [tensor(randomCodes(layout, 2, 1)), tensor(randomCodes(layout, 3, 2))];
      hammingDistances(tf, layout, x, y).dispose();
      const { numTensors, numBytes, numDataBuffers } = tf.memory();
      for (let call = 0; call < 1000; call++) hammingDistances(tf, layout, x, y).dispose();
      expect(tf.memory()).toMatchObject({ numTensors, numBytes, numDataBuffers });
    });

    it("refuses tensors that are no codes of the layout", () => {
      const good = tensor(randomCodes(layouts["two pieces"], 2, 1));
      const call = (b: tf.Tensor) => () => hammingDistances(tf, layouts["two pieces"], good, b as tf.Tensor2D);
      expect(call(tf.zeros([2, 21], "int32"))).toThrowError(expect.objectContaining({ code: "shape", at: "b" }));
      expect(call(tf.zeros([2, 22], "float32"))).toThrowError(expect.objectContaining({ code: "params", at: "b" }));
    });
  });

it("registers once, whatever the number of calls", () => {
  registerHammingDistances(tf);
  const kernel = tf.getKernel("HammingDistances", "wasm");
  registerHammingDistances(tf);
  expect(kernel).toBeDefined();
  expect(tf.getKernel("HammingDistances", "wasm")).toBe(kernel);
});
