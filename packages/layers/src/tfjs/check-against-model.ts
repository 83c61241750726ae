import { applyHead, forward, inputSize, MasoError, type Network, random, sizeOf } from "@maso/core";
import type { Rank, Tensor } from "@tensorflow/tfjs-core";

export type ModelCheck = { readonly error: number; readonly tolerance: number } | { readonly skipped: string };

/** The model as tfjs runs it, up to where it is analysed. */
export interface RunnableModel {
  /** By input: whether it takes whole numbers only, and whether its shape counts a batch. */
  readonly inputs: readonly { readonly whole: boolean; readonly batched: boolean }[];
  /** One tensor per input; the results in the network's order. */
  run(inputs: readonly Tensor<Rank>[]): readonly Tensor<Rank>[];
  dispose(): void;
}

/**
 * tfjs computes in float32, with 2^-24 ≈ 6e-8 of relative rounding an operation. Over the thousands of terms and tens of layers of real
 * networks errors stay below 1e-5 of the largest output; 1e-4 leaves a margin, and a wrong layer shows at 1e-2 and above.
 */
const TOLERANCE = 1e-4;

/**
 * Compares the network with what the model computes on one seeded input, uniform in [0, 1) (of whole-number inputs from 0 to 255):
 * max |difference| / max |output|. Throws "mismatch". A model that tfjs cannot run here (no backend, a class it does not know) is
 * skipped with the reason.
 */
export async function checkAgainstModel(
  name: string,
  network: Network,
  load: () => Promise<RunnableModel | { readonly skipped: string }>,
): Promise<ModelCheck> {
  const loaded = await orReason(load);
  if ("skipped" in loaded) return loaded;
  try {
    const x = seededInput(network, loaded.inputs);
    const actual = applyHead(network, forward(network, x));
    const compared = async () => relativeError(actual, await runModel(loaded, network, x));
    const error = await orReason(compared);
    if (typeof error === "object") return error;
    const least = error <= TOLERANCE ? error : Math.min(await onPlainBackend(compared), Number.isNaN(error) ? Infinity : error);
    if (least <= TOLERANCE) return { error: least, tolerance: TOLERANCE };
    throw new MasoError(
      "mismatch",
      `${name}: the network differs from the model's own output by ${least} of its largest value; at most ${TOLERANCE} is float32 rounding`,
    );
  } finally {
    loaded.dispose();
  }
}

async function orReason<T>(action: () => Promise<T>): Promise<T | { readonly skipped: string }> {
  try {
    return await action();
  } catch (error) {
    return { skipped: `tfjs cannot run the model here: ${(error instanceof Error ? error.message : String(error)).split("\n")[0]}` };
  }
}

/**
 * The error on tfjs's backend in plain JavaScript, infinite where that is not there: where the backends disagree (wasm's PReLU with shared
 * axes) it is taken at its word.
 */
async function onPlainBackend(compared: () => Promise<number>): Promise<number> {
  const { findBackendFactory, getBackend, setBackend } = await import("@tensorflow/tfjs-core");
  const before = getBackend();
  if (before === "cpu" || !findBackendFactory("cpu")) return Infinity;
  try {
    await setBackend("cpu");
    const error = await orReason(compared);
    return typeof error === "number" && !Number.isNaN(error) ? error : Infinity;
  } finally {
    await setBackend(before);
  }
}

function seededInput(network: Network, inputs: RunnableModel["inputs"]): Float64Array {
  const { uniform, integer } = random(1);
  const x = new Float64Array(inputSize(network));
  let at = 0;
  network.inputs.forEach((shape, i) => {
    const end = at + sizeOf(shape);
    for (; at < end; at++) x[at] = inputs[i]!.whole ? integer(256) : Math.fround(uniform());
  });
  return x;
}

async function runModel({ inputs, run }: RunnableModel, network: Network, x: Float64Array): Promise<Float64Array> {
  const tf = await import("@tensorflow/tfjs-core");
  await tf.ready();
  let offset = 0;
  const tensors = tf.tidy(
    () =>
      run(
        network.inputs.map((shape, i) => {
          const part = x.subarray(offset, offset + sizeOf(shape));
          offset += part.length;
          const whole = inputs[i]!.batched ? [1, ...shape] : [...shape];
          return inputs[i]!.whole ? tf.tensor(Int32Array.from(part), whole, "int32") : tf.tensor(Float32Array.from(part), whole);
        }),
      ) as Tensor[],
  );
  const broken = tensors.find(({ shape }) => !shape.every(Number.isInteger));
  if (broken) throw new Error(`its own result has the shape [${broken.shape.join(", ")}]`);
  const values = (await Promise.all(tensors.map((tensor) => tensor.data()))).flatMap((part) => [...part]);
  tf.dispose(tensors);
  return Float64Array.from(values);
}

function relativeError(actual: Float64Array, expected: Float64Array): number {
  if (actual.length !== expected.length) return Infinity;
  let difference = 0;
  let largest = Number.MIN_VALUE;
  actual.forEach((value, i) => {
    difference = Math.max(difference, Math.abs(value - expected[i]!));
    largest = Math.max(largest, Math.abs(expected[i]!));
  });
  return difference === 0 ? 0 : difference / largest;
}
