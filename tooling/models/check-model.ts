import "@tensorflow/tfjs-backend-wasm";
import { templates } from "@maso/analysis";
import { applyHead, derivative, forward, identityError, inputSize, type Network, outputShape, random, sizeOf, unitsOf } from "@maso/core";
import { readTfjs } from "@maso/layers/tfjs";
import * as tf from "@tensorflow/tfjs-core";
import { picture } from "./picture";
import { runInTfjs } from "./run-in-tfjs";
import { type ThirdPartyName, thirdPartyModel } from "./third-party-models";

export interface ModelCheck {
  readonly name: ThirdPartyName;
  readonly cut: string | null;
  readonly refused: readonly { readonly node: string; readonly op: string; readonly reason: string; readonly cuts: readonly string[] }[];
  /** null where the model is refused. */
  readonly checked: CheckedNetwork | null;
  /** Of everything, from the start of the process. */
  readonly seconds: number;
  readonly peakMb: number;
}

export interface CheckedNetwork {
  readonly layers: number;
  readonly units: number;
  readonly outputs: number;
  /** max |difference| / max |output| to what tfjs computes on wasm: of the importer's own comparison, on noise, and on a picture. */
  readonly agreement: {
    readonly noise: number;
    readonly picture: number;
    /** On the picture, before a softmax at the end, up to what all outputs have in common; null where there is none. */
    readonly logits: number | null;
  };
  readonly identity: number;
  readonly identitySeconds: number;
  /** Of up to five templates: the largest |w · x + b − f(x)| and |w · d − J d| of a direction d, relative to the sums of absolute terms. */
  readonly templates: { readonly count: number; readonly value: number; readonly slope: number };
}

/** Reads one of the models and checks it; prints a ModelCheck in JSON: `tsx models/check-model.ts NAME [CUT]`. */
const [name, cut] = process.argv.slice(2) as [ThirdPartyName, string | undefined];
await tf.setBackend("wasm");
const { folder, inputShape } = thirdPartyModel(name);
const { network, refused, check } = await readTfjs(folder(), { inputShape, cut });
const checked = network && (await checkNetwork(network, check));
const peakMb = Math.round(process.resourceUsage().maxRSS / 1024);
const result: ModelCheck = { name, cut: cut ?? null, refused, checked, seconds: performance.now() / 1000, peakMb };
console.log(JSON.stringify(result, (_, value) => (typeof value === "number" && !Number.isFinite(value) ? String(value) : value)));

async function checkNetwork(network: Network, check: Awaited<ReturnType<typeof readTfjs>>["check"]): Promise<CheckedNetwork> {
  const x = picture(network.inputs[0]!);
  const start = performance.now();
  const identity = identityError(network, x);
  const identitySeconds = (performance.now() - start) / 1000;
  const logits = forward(network, x);
  const expected = await runInTfjs(folder(), network, x, cut);
  return {
    layers: network.nodes.length,
    units: network.nodes.reduce((total, { op }) => total + (op.type === "quantizer" ? unitsOf(op).count : 0), 0),
    outputs: sizeOf(outputShape(network)),
    agreement: {
      noise: check !== null && "error" in check ? check.error : Infinity,
      picture: relativeError(applyHead(network, logits), expected),
      logits: network.head === "softmax" ? relativeError(centred(logits), centred(expected.map(Math.log))) : null,
    },
    identity,
    identitySeconds,
    templates: checkTemplates(network, x),
  };
}

function relativeError(actual: Float64Array, expected: Float64Array): number {
  if (actual.length !== expected.length) return Infinity;
  const largest = expected.reduce((most, value) => Math.max(most, Math.abs(value)), 0);
  return actual.reduce((most, value, i) => Math.max(most, Math.abs(value - expected[i]!)), 0) / largest;
}

/** Logits and the logarithms of their softmax differ by a number that all have in common. */
function centred(values: Float64Array): Float64Array {
  const mean = values.reduce((sum, value) => sum + value, 0) / values.length;
  return values.map((value) => value - mean);
}

/** The value of a template, and its product with a direction against the derivative taken forwards, which never goes through the adjoint. */
function checkTemplates(network: Network, x: Float64Array): CheckedNetwork["templates"] {
  const count = Math.min(5, sizeOf(outputShape(network)));
  const { normal } = random(3);
  const direction = Float64Array.from({ length: inputSize(network) }, normal);
  const slopes = derivative(network, x).linear(direction);
  // As for the identity error, the scale is one for all: a row that cancels to nothing leaves roundings of its terms.
  let [value, valueSize, slope, slopeSize] = [0, 0, 0, 0];
  for (const template of templates(network, x, { rows: Array.from({ length: count }, (_, k) => k) })) {
    const [along, alongSize] = product(template.weights, direction);
    const [sum, sumSize] = product(template.weights, x);
    slope = Math.max(slope, Math.abs(along - slopes[template.output]!));
    slopeSize = Math.max(slopeSize, alongSize);
    value = Math.max(value, Math.abs(sum + template.bias! - template.value));
    valueSize = Math.max(valueSize, sumSize + Math.abs(template.bias!));
  }
  return { count, value: value / valueSize, slope: slope / slopeSize };
}

/** a · b and the sum of its absolute terms. */
function product(a: Float64Array, b: Float64Array): [sum: number, size: number] {
  let [sum, size] = [0, 0];
  for (let i = 0; i < a.length; i++) {
    sum += a[i]! * b[i]!;
    size += Math.abs(a[i]! * b[i]!);
  }
  return [sum, size];
}
