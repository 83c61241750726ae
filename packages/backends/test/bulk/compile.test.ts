import { network } from "@maso/core";
import { builtins } from "@maso/layers";
import * as tf from "@tensorflow/tfjs-core";
import { beforeEach, describe, expect, it } from "vitest";
import { compile } from "../../src";
import { sharedModule } from "../../src/bulk/kernels/wasm/share-memory";
import { wasmModule } from "../../src/bulk/kernels/wasm/wasm-module";
import { compile as compileForWasm } from "../../src/bulk/wasm";
import "@tensorflow/tfjs-backend-cpu";

const relu = network({ inputs: [[2, 2]], nodes: [{ id: "relu", op: builtins.operator("relu", {}, [[2, 2]]), from: [0] }], output: 1 });

beforeEach(() => tf.setBackend("cpu"));

describe("compile", () => {
  it("takes the backend that TensorFlow.js uses, where none is named", async () => {
    expect((await compile(relu)).backend).toBe("cpu");
  });

  it("leaves TensorFlow.js's own choice as it is, and its tensors usable on either side", async () => {
    const compiled = await compileForWasm(relu);
    expect(tf.getBackend()).toBe("cpu");
    const x = tf.tensor([1, -2, 3, -4], [1, 2, 2]);
    const y = compiled.forward(x);
    expect(tf.getBackend()).toBe("cpu");
    expect(y.shape).toEqual([1, 2, 2]);
    expect([...tf.add(y, x).dataSync()]).toEqual([2, -2, 6, -4]);
    compiled.dispose();
  });

  it("gives templates as a tensor of the input's shape", async () => {
    const compiled = await compile(relu);
    expect(compiled.templates(tf.ones([3, 2, 2])).shape).toEqual([3, 4, 2, 2]);
    expect(compiled.encode(tf.ones([3, 2, 2])).shape).toEqual([3, 1]);
  });

  it.each([compile, compileForWasm])("gives no rows for no points, on cpu and on wasm", async (compileFor) => {
    const compiled = await compileFor(relu);
    const none = tf.zeros([0, 2, 2]);
    expect(compiled.templates(none).shape).toEqual([0, 4, 2, 2]);
    expect(compiled.forward(none).shape).toEqual([0, 2, 2]);
    expect(compiled.encode(none).shape).toEqual([0, 1]);
    expect(compiled.localBias(none).shape).toEqual([0, 2, 2]);
    compiled.dispose();
  });

  it.each([
    ["webgl", "unsupported"],
    ["none", "unsupported"],
    ["webgpu", "unsupported"],
  ])("refuses backend %s, which is not there", async (backend, code) => {
    await expect(compile(relu, { backend })).rejects.toMatchObject({ name: "MasoError", code });
  });

  it("refuses points that are none, rows that do not fit, and calls after dispose", async () => {
    const compiled = await compile(relu);
    expect(() => compiled.forward(tf.ones([1, 3]))).toThrow(expect.objectContaining({ code: "shape" }));
    expect(() => compiled.forward(tf.ones([2, 2]))).toThrow(expect.objectContaining({ code: "shape" }));
    expect(() => compiled.jvp(tf.ones([2, 4]), tf.ones([3, 4]))).toThrow(expect.objectContaining({ code: "shape" }));
    compiled.dispose();
    expect(() => compiled.forward(tf.ones([1, 4]))).toThrow(expect.objectContaining({ code: "usage" }));
  });

  it("shares the memory of the wasm backend, and has nothing of its own to put there", async () => {
    await compileForWasm(relu);
    expect(sharedModule(tf.findBackend("wasm"))).toBeDefined();
    expect(sectionsOf(Buffer.from(wasmModule, "base64"))).not.toContain(DATA_SECTION);
  });
});

const DATA_SECTION = 11;

/** The ids of a wasm module's sections, each an id, a LEB128 length and as many bytes, behind eight bytes of header. */
function sectionsOf(bytes: Uint8Array): number[] {
  const ids: number[] = [];
  for (let at = 8; at < bytes.length; ) {
    ids.push(bytes[at++]!);
    let [length, shift] = [0, 0];
    do {
      length |= (bytes[at]! & 127) << shift;
      shift += 7;
    } while (bytes[at++]! & 128);
    at += length;
  }
  return ids;
}
