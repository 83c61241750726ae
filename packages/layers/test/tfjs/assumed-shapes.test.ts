import { beforeAll, describe, expect, it } from "vitest";
import { readTfjs } from "../../src/tfjs";
import { seeded, tf, tfl } from "./models";

const { layers } = tfl;
beforeAll(() => tf.ready());

it("a model that tfjs itself gives no shape is read, and not compared", async () => {
  const config = { name: "up", size: 2, batch_input_shape: [null, 2, 3, 1] };
  const modelTopology = { class_name: "Sequential", config: { name: "m", layers: [{ class_name: "UpSampling2D", config }] } };
  const { network, check } = await readTfjs({ modelTopology });
  expect(network!.nodes[0]!.op.output).toEqual([4, 6, 1]);
  expect(check).toMatchObject({ skipped: expect.stringContaining("NaN") });
});

describe("a guess at an open size", () => {
  const open = (flat: boolean): tfl.LayersModel => {
    const input = tfl.input({ shape: [null, null, 2] });
    const first = layers.conv2d({ filters: 3, kernelSize: 2, activation: "relu", name: "first" }).apply(input) as tfl.SymbolicTensor;
    const pooled = layers.maxPooling2d({ poolSize: 2, name: "pool" }).apply(first) as tfl.SymbolicTensor;
    const all = layers.globalAveragePooling2d({ name: "all" }).apply(pooled) as tfl.SymbolicTensor;
    const ends = flat ? layers.reshape({ targetShape: [12], name: "flat" }).apply(pooled) : all;
    return seeded(tfl.model({ inputs: input, outputs: layers.dense({ units: 1, name: "out" }).apply(ends) as tfl.SymbolicTensor }));
  };

  it("that fits part of the model gives that part and the reason", async () => {
    const reading = await readTfjs(open(true), { inputShape: [9, 9, 2], assumed: true });
    expect(reading).toMatchObject({ network: null, refused: [], check: null, problem: { name: "MasoError", code: "shape" } });
    expect(reading.partial!.nodes.map(({ id }) => id)).toEqual(["first/conv2d", "first", "pool"]);
    await expect(readTfjs(open(true), { inputShape: [9, 9, 2] })).rejects.toMatchObject({ code: "shape" });
    expect((await readTfjs(open(true), { inputShape: [5, 5, 2], assumed: true })).check).toHaveProperty("error");
  });

  it("that fits all of it is a shape like others", async () => {
    expect((await readTfjs(open(false), { inputShape: [9, 9, 2], assumed: true })).check).toHaveProperty("error");
  });
});
