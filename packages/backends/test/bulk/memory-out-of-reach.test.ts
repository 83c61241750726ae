import "@tensorflow/tfjs-backend-wasm";
import { encode, inputSize, localMap } from "@maso/core";
import * as tf from "@tensorflow/tfjs-core";
import { expect, it, vi } from "vitest";
import { sharedModule } from "../../src/bulk/kernels/wasm/share-memory";
import { bulkDevice } from "../../src/testing";
import { wholeImages, wholeNumbers } from "./whole-networks";

/** As where threads share TensorFlow.js's memory: a module that asks for one of its own kind does not link. */
it("where the memory of the wasm backend is out of reach, its kernels are plain loops", async () => {
  await tf.setBackend("wasm");
  vi.spyOn(WebAssembly, "instantiate").mockRejectedValue(new WebAssembly.LinkError("memory import is shared"));
  const network = wholeImages();
  const bulk = await bulkDevice("wasm").compile(network);
  expect(sharedModule(tf.findBackend("wasm"))).toBeUndefined();
  const x = wholeNumbers(2 * inputSize(network), 3, 100);
  expect(await bulk.forward(x)).toEqual(localMap(network, x).values.map((value) => value + 0));
  expect(await bulk.choices(x)).toEqual(encode(network, x).layers.map(({ choice }) => choice));
  expect((await bulk.localBias(x)).map((value) => value + 0)).toEqual(
    localMap(network, x)
      .bias()
      .map((value) => value + 0),
  );
});
