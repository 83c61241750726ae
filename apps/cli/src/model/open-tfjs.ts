import type { Registry } from "@maso/layers";
import { readTfjs, type TfjsReading } from "@maso/layers/tfjs";
import { notice } from "../output/notice";
import type { ModelOptions, ModelReading, OpenedFile } from "./open-model";

/** A tfjs model; it is run by tfjs itself, to compare, once all shapes are known. */
export async function openTfjs(path: string, _json: unknown, layers: Registry, { cut, output }: ModelOptions): Promise<OpenedFile> {
  await startTensorFlow();
  const declared = await readTfjs(path, { layers, cut, output });
  const { inputs } = declared;
  return {
    inputs,
    read: async (shapes, { assumed } = { assumed: false }) => {
      const asDeclared = shapes.every((shape, i) => shape?.join() === inputs[i]!.shape.join());
      if (asDeclared || shapes.includes(null)) return withAgreement(path, declared);
      const inputShape = Object.fromEntries(inputs.map(({ name }, i) => [name, shapes[i]!]));
      return withAgreement(path, await readTfjs(path, { layers, cut, output, inputShape, assumed }));
    },
  };
}

function withAgreement(path: string, { check, ...reading }: TfjsReading): ModelReading {
  if (check !== null && "skipped" in check) notice(`${path}: not compared with TensorFlow.js: ${check.skipped}`);
  return { ...reading, agreement: check ?? undefined };
}

/** wasm where it starts, else plain JavaScript; without tfjs's advertisement. */
async function startTensorFlow(): Promise<void> {
  const tf = await import("@tensorflow/tfjs-core");
  tf.env().set("PROD", true);
  await Promise.all([import("@tensorflow/tfjs-backend-wasm"), import("@tensorflow/tfjs-backend-cpu")]);
  if (!(await tf.setBackend("wasm").catch(() => false))) await tf.setBackend("cpu");
}
