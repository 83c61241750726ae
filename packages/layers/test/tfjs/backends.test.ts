import "@tensorflow/tfjs-backend-wasm";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { builtins } from "../../src";
import { readTfjs } from "../../src/tfjs";
import { sequential, tf, tfl } from "./models";

describe("where tfjs's backends disagree", () => {
  beforeAll(async () => expect(await tf.setBackend("wasm")).toBe(true));
  afterAll(() => tf.setBackend("cpu"));

  it.each([[[1, 2, 3]], [[2]], [[3]], [[1, 3]], [[1, 2]]])("a PReLU that shares its slopes along %j is read", async (sharedAxes) => {
    const { check } = await readTfjs(sequential([3, 4, 2], tfl.layers.prelu({ sharedAxes, name: "p" })));
    expect(check).toMatchObject({ error: expect.any(Number) });
    expect(tf.getBackend()).toBe("wasm");
  });

  it("a network that is wrong on both is noticed", async () => {
    const operator: typeof builtins.operator = (kind, ...rest) => builtins.operator(kind === "relu" ? "abs" : kind, ...rest);
    const model = sequential([4], tfl.layers.dense({ units: 5, activation: "relu" }), tfl.layers.dense({ units: 3 }));
    await expect(readTfjs(model, { layers: { plugins: builtins.plugins, operator } })).rejects.toMatchObject({ code: "mismatch" });
    expect(tf.getBackend()).toBe("wasm");
  });
});
