import { expect, it } from "vitest";
import { readTfjs } from "../../src/tfjs";

const read = (modelTopology: object): ReturnType<typeof readTfjs> => readTfjs({ modelTopology }, { check: false });
const input = { class_name: "InputLayer", name: "x", config: { name: "x", batch_input_shape: [null, 3] }, inbound_nodes: [] };
const model = (name: string, layers: object[], last: string) => ({
  class_name: "Model",
  name,
  config: { name, layers: [input, ...layers], input_layers: [["x", 0, 0]], output_layers: [[last, 0, 0]] },
});

it("a chain of 20,000 layers, whatever their order in the file, takes no call stack", async () => {
  const chain = Array.from({ length: 20_000 }, (_, i) => ({
    class_name: "ReLU",
    name: `r${i}`,
    config: { name: `r${i}` },
    inbound_nodes: [[[i === 0 ? "x" : `r${i - 1}`, 0, 0, {}]]],
  }));
  for (const layers of [chain, [...chain].reverse()]) {
    const { network } = await read(model("m", layers, "r19999"));
    expect(network!.nodes.map(({ id }) => id)).toEqual(chain.map(({ name }) => name));
  }
});

it("a layer that reads itself through others is named", async () => {
  const layers = ["a", "b"].map((name, i) => ({ class_name: "ReLU", name, config: { name }, inbound_nodes: [[["ba"[i], 0, 0, {}]]] }));
  await expect(read(model("m", layers, "b"))).rejects.toMatchObject({ code: "graph", message: expect.stringContaining("own output") });
});

it("models nested beyond reason are refused at once", async () => {
  let nested: object = { class_name: "ReLU", config: { name: "r", batch_input_shape: [null, 3] } };
  for (let i = 0; i < 8000; i++) nested = { class_name: "Sequential", config: { name: `s${i}`, layers: [nested] } };
  await expect(read(nested)).rejects.toMatchObject({ code: "format", message: expect.stringContaining("nested deeper") });
});

it("models that use each other twice, 26 times over, are too large", async () => {
  let inner: object = { class_name: "ReLU", name: "r", config: { name: "r" }, inbound_nodes: [[["x", 0, 0, {}]]] };
  let last = "r";
  for (let i = 0; i < 26; i++) {
    const name = `m${i}`;
    const once = model(name, [inner], last);
    if (i > 0) once.config.output_layers = [[last, 1, 0]];
    inner = { ...once, inbound_nodes: [[["x", 0, 0, {}]], [[name, 0, 0, {}]]] };
    last = name;
  }
  const outer = model("outer", [inner], last);
  outer.config.output_layers = [[last, 1, 0]];
  const start = Date.now();
  await expect(read(outer)).rejects.toMatchObject({ code: "too-large" });
  expect(Date.now() - start).toBeLessThan(3000);
});
