import { forward } from "@maso/core";
import { beforeAll, describe, expect, it } from "vitest";
import { readTfjs } from "../../src/tfjs";
import { seeded, tf, tfl } from "./models";

const { layers } = tfl;
beforeAll(() => tf.ready());

/** Two values in, two out, through a dense layer that every such model calls `d`. */
const nested = (name: string, activation?: "relu"): tfl.LayersModel =>
  tfl.sequential({ name, layers: [layers.dense({ units: 2, inputShape: [2], name: "d", activation })] });

async function saved(model: tfl.LayersModel): Promise<tf.io.ModelArtifacts> {
  let artifacts: tf.io.ModelArtifacts | undefined;
  await model.save(
    tf.io.withSaveHandler(async (given) => {
      artifacts = given;
      return { modelArtifactsInfo: { dateSaved: new Date(0), modelTopologyType: "JSON" } };
    }),
  );
  return artifacts!;
}

describe("every layer gets its own weights", () => {
  it.each([
    ["none is frozen", -1],
    ["the first is frozen", 0],
    ["the second is frozen", 1],
  ])("where nested models hold layers of one name and %s", async (_, frozen) => {
    const parts = [nested("one", "relu"), nested("two")];
    if (frozen >= 0) parts[frozen]!.trainable = false;
    const input = tfl.input({ shape: [2] });
    const output = parts.reduce((tensor, part) => part.apply(tensor) as tfl.SymbolicTensor, input);
    const model = seeded(tfl.model({ inputs: input, outputs: output }));
    const { network, check } = await readTfjs(model);
    expect(check).toHaveProperty("error");
    expect(network!.nodes.map(({ id }) => id)).toEqual(["one/d/dense", "one/d", "two/d"]);
    await expect(readTfjs(await saved(model))).rejects.toMatchObject({
      code: "format",
      message: expect.stringContaining("d/kernel occurs twice"),
    });
  });

  it("where a layer's name is the beginning of another's", async () => {
    const input = tfl.input({ shape: [3] });
    const first = layers.dense({ units: 3, name: "a" }).apply(input);
    const second = layers.dense({ units: 3, name: "a/b", useBias: false }).apply(first);
    const model = seeded(
      tfl.model({ inputs: input, outputs: layers.dense({ units: 2, name: "a/b/c" }).apply(second) as tfl.SymbolicTensor }),
    );
    for (const source of [model, await saved(model)]) expect((await readTfjs(source)).check).toHaveProperty("error");
  });

  it("where another name stands between a layer's and a weight's", async () => {
    const { weightSpecs, ...rest } = await saved(
      seeded(tfl.sequential({ layers: [layers.dense({ units: 2, inputShape: [2], name: "d" })] })),
    );
    const renamed = weightSpecs!.map((spec) => ({ ...spec, name: spec.name.replace("d/", "d/cell/") }));
    const { network } = await readTfjs({ ...rest, weightSpecs: renamed });
    expect(forward(network!, Float64Array.of(1, 2))).toHaveLength(2);
    const twice = { ...rest, weightSpecs: [renamed[0]!, { ...renamed[1]!, name: "d/kernel" }] };
    await expect(readTfjs(twice)).rejects.toMatchObject({ code: "format", message: expect.stringContaining("d/kernel occurs twice") });
  });

  it("and what an optimizer saved beside them is nobody's", async () => {
    const artifacts = await saved(seeded(tfl.sequential({ layers: [layers.dense({ units: 2, inputShape: [2], name: "d" })] })));
    const iterations = { name: "iter", shape: [], dtype: "float32" as const, group: "optimizer" as const };
    const data = new Uint8Array(artifacts.weightData as ArrayBuffer);
    const weightData = Uint8Array.from([...data, 0, 0, 128, 63]).buffer;
    const { check } = await readTfjs({ ...artifacts, weightSpecs: [...artifacts.weightSpecs!, iterations], weightData });
    expect(check).toHaveProperty("error");
  });
});
