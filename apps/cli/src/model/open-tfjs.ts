import type { Registry } from "@maso/layers";
import { readTfjs } from "@maso/layers/tfjs";
import type { ModelOptions, OpenedFile } from "./open-model";

/** A tfjs model; it is run by tfjs itself, to compare, once all shapes are known. */
export async function openTfjs(path: string, _json: unknown, layers: Registry, { cut, output }: ModelOptions): Promise<OpenedFile> {
  const judged = await readTfjs(path, { layers, cut, output, check: false });
  return {
    inputs: judged.inputs,
    read: async (shapes) => {
      if (judged.refused.length > 0 || shapes.some((shape) => shape === null)) return judged;
      await startTensorFlow();
      const inputShape = Object.fromEntries(judged.inputs.map(({ name }, i) => [name, shapes[i]!]));
      const { check, ...reading } = await readTfjs(path, { layers, cut, output, inputShape });
      return { ...reading, agreement: check ?? undefined };
    },
  };
}

/** wasm where it starts, else plain JavaScript; without tfjs's advertisement. */
async function startTensorFlow(): Promise<void> {
  const tf = await import("@tensorflow/tfjs-core");
  tf.env().set("IS_TEST", true);
  await Promise.all([import("@tensorflow/tfjs-backend-wasm"), import("@tensorflow/tfjs-backend-cpu")]);
  if (!(await tf.setBackend("wasm").catch(() => false))) await tf.setBackend("cpu");
}
