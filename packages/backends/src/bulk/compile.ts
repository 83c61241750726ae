import { inputSize, MasoError, type Network, outputShape, type Shape, sizeOf } from "@maso/core";
import {
  concat,
  engine,
  eye,
  findBackend,
  getBackend,
  setBackend,
  type Tensor,
  type Tensor2D,
  tidy,
  tile,
  zeros,
} from "@tensorflow/tfjs-core";
import { codeLayout } from "../codes";
import { bulkNetwork } from "./bulk-network";
import type { Compiled } from "./compiled";
import { constants } from "./constants";
import { type BackendName, registerKernels } from "./kernels/register-kernels";
import { shareMemory } from "./kernels/wasm/share-memory";
import { noteOnce } from "./note-once";
import { planOf } from "./plan/plan";
import { asPoints, shaped } from "./points";

export interface CompileOptions {
  /** "cpu", "wasm" or "webgpu"; the one that TensorFlow.js uses now where absent. */
  readonly backend?: string;
}

/**
 * The network as kernels of a TensorFlow.js backend. Its tensors stay on that backend until `dispose`; TensorFlow.js's own choice of backend
 * is left as it is. Throws "unsupported" where TensorFlow.js has no such backend, or maso no kernels for it.
 */
export async function compile(network: Network, options: CompileOptions = {}): Promise<Compiled> {
  const backend = await readyBackend(options.backend);
  registerKernels(backend);
  if (backend === "wasm") await shareMemory(findBackend(backend) as object);
  const held = constants();
  const layout = codeLayout(network);
  const bulk = onBackend(backend, () => bulkNetwork(planOf(network), held, backend, noteOnce));
  const [input, output, outputs] = [pointShape(network), outputShape(network), sizeOf(outputShape(network))];
  const size = inputSize(network);
  let disposed = false;
  /** Runs on the backend, within a tidy of its own. */
  const inside = (who: string, action: () => Tensor): Tensor => {
    if (disposed) throw new MasoError("usage", `${who}: the network is disposed of; compile it again`);
    return onBackend(backend, () => tidy(action));
  };
  const points = (who: string, x: Tensor): Tensor2D => asPoints(who, x, network.inputs, size);
  const grouped = (who: string, rows: number, of: number): number => {
    const group = of / rows;
    if (Number.isInteger(group) && group > 0) return group;
    throw new MasoError("shape", `${who}: ${of} rows are given for ${rows} points; they need to be a multiple`);
  };
  return {
    backend,
    layout,
    forward: (x) => inside("forward", () => shaped(bulk.forward(points("forward", x)), output)),
    encode: (x) =>
      inside("encode", () => {
        const given = points("encode", x);
        const codes = bulk.codes(given);
        return codes.length === 0 ? zeros([given.shape[0], 0], "int32") : concat(codes as Tensor2D[], 1);
      }),
    jvp: (x, v) =>
      inside("jvp", () => {
        const [at, along] = [points("jvp", x), points("jvp", v)];
        const group = grouped("jvp", at.shape[0], along.shape[0]);
        return shaped(bulk.apply(bulk.freeze(at, "derivative"), along, group, false), output);
      }),
    vjp: (x, u) =>
      inside("vjp", () => {
        const [at, back] = [points("vjp", x), asPoints("vjp", u, [output], outputs)];
        const group = grouped("vjp", at.shape[0], back.shape[0]);
        return shaped(bulk.adjoint(bulk.freeze(at, "derivative"), back, group), input);
      }),
    templates: (x) =>
      inside("templates", () => {
        const at = points("templates", x);
        const rows = at.shape[0];
        const frozen = bulk.freeze(at, "local-map");
        return shaped(bulk.adjoint(frozen, tile(eye(outputs), [rows, 1]), outputs), [outputs, ...input]);
      }),
    localBias: (x) =>
      inside("localBias", () => {
        const at = points("localBias", x);
        return shaped(bulk.apply(bulk.freeze(at, "local-map"), zeros(at.shape), 1, true), output);
      }),
    dispose: () => {
      if (disposed) return;
      disposed = true;
      held.dispose();
    },
  };
}

/** Of one input its shape; several are one vector. */
function pointShape(network: Network): Shape {
  return network.inputs.length === 1 ? network.inputs[0]! : [inputSize(network)];
}

const known: readonly BackendName[] = ["cpu", "wasm", "webgpu"];

/** The backend's name, once TensorFlow.js has it running. Its current backend stays the same. */
async function readyBackend(asked: string | undefined): Promise<BackendName> {
  const current: string | undefined = getBackend();
  const name = known.find((each) => each === (asked ?? current));
  if (name === undefined)
    throw new MasoError("unsupported", `compile: backend ${JSON.stringify(asked ?? current)}; maso has kernels for ${known.join(", ")}`);
  if (findBackend(name) === null || findBackend(name) === undefined) {
    if (!(name in engine().registryFactory))
      throw new MasoError("unsupported", `compile: TensorFlow.js has no backend ${name} here; import "@maso/backends/${name}" first`);
    if (!(await setBackend(name))) throw new MasoError("unsupported", `compile: TensorFlow.js cannot start its backend ${name} here`);
    if (current && current !== name) await setBackend(current);
  }
  return name;
}

/** Runs with a backend that is ready; TensorFlow.js changes to it and back without waiting. */
function onBackend<T>(name: BackendName, action: () => T): T {
  const current: string | undefined = getBackend();
  if (current === name) return action();
  void setBackend(name);
  try {
    return action();
  } finally {
    // Nobody had chosen one.
    if (current) void setBackend(current);
  }
}
