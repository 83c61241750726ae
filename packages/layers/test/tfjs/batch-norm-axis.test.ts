import { beforeAll, describe, expect, it } from "vitest";
import { builtins, readNetworkFile, writeNetworkFile } from "../../src";
import { fromTfjs, readTfjs } from "../../src/tfjs";
import { sequential, tf, tfl } from "./models";

const { layers } = tfl;
beforeAll(() => tf.ready());

describe("batch normalization along another axis than the last", () => {
  it.each([
    [[3, 1], 1],
    [[4, 3, 1], 2],
    [[3, 1, 1], 1],
    [[4, 3], 2],
    [[4, 3], -1],
  ])("on %j along %d, where nothing lies behind it, is what tfjs computes", async (shape, axis) => {
    const { network, check } = await readTfjs(sequential(shape, layers.batchNormalization({ axis, name: "bn" })));
    expect(check).toHaveProperty("error");
    const again = readNetworkFile(JSON.parse(JSON.stringify(writeNetworkFile(network!)))).network!;
    expect(again.nodes[0]!.op.output).toEqual(shape);
  });

  it("is refused by name where tfjs does not compute it, with the cut before it", async () => {
    const model = sequential(
      [4, 3],
      layers.dense({ units: 2, name: "d" }),
      layers.batchNormalization({ axis: 1, name: "bn" }),
      layers.reLU(),
    );
    const { network, refused, partial } = await readTfjs(model);
    expect(network).toBeNull();
    expect(refused).toEqual([
      { node: "bn", op: "BatchNormalization", reason: expect.stringMatching(/TensorFlow\.js.*axis 1 of 3/), cuts: ["d"] },
    ]);
    expect(partial!.nodes.map(({ id }) => id)).toEqual(["d"]);
    await expect(fromTfjs(model)).rejects.toMatchObject({ code: "refused" });
    expect((await readTfjs(model, { cut: "d" })).network).not.toBeNull();
  });

  it("is exact in network files", () => {
    const params = { mean: [1, 2, 3], variance: [1, 4, 9], epsilon: 0, axis: -2 };
    const op = builtins.operator("batch-norm", params, [[2, 3, 1]]);
    expect(op.type === "affine" && [...op.bias]).toEqual([-1, -1, -1, -1, -1, -1]);
    expect(op.type === "affine" && op.row(4).values).toEqual(Float64Array.of(0.5));
  });

  it.each([0, [1, 2]])("along %j is refused", async (axis) => {
    const config = { name: "bn", batch_input_shape: [null, 4, 3], axis };
    const modelTopology = { class_name: "Sequential", config: { name: "m", layers: [{ class_name: "BatchNormalization", config }] } };
    expect((await readTfjs({ modelTopology })).refused).toMatchObject([{ node: "bn", reason: expect.stringContaining("axis") }]);
  });
});
