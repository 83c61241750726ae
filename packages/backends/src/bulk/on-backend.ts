import { MasoError } from "@maso/core";
import { engine, findBackend, getBackend, ready, setBackend } from "@tensorflow/tfjs-core";
import type { BackendName } from "./kernels/register-kernels";

const known: readonly BackendName[] = ["cpu", "wasm", "webgpu"];

/** The backend's name, once TensorFlow.js has it running. Its current backend stays the same. */
export async function readyBackend(asked: string | undefined): Promise<BackendName> {
  if (asked === undefined) await ready();
  const current: string | undefined = getBackend();
  const name = known.find((each) => each === (asked ?? current));
  if (name === undefined)
    throw new MasoError("unsupported", `compile: backend ${JSON.stringify(asked ?? current)}; maso has kernels for ${known.join(", ")}`);
  if (findBackend(name) === null || findBackend(name) === undefined) {
    if (!(name in engine().registryFactory))
      throw new MasoError(
        "unsupported",
        `compile: TensorFlow.js has no backend ${name} here; import "@maso/backends/${name}" first, where the platform has what it needs`,
      );
    if (!(await setBackend(name))) throw new MasoError("unsupported", `compile: TensorFlow.js cannot start its backend ${name} here`);
    if (current && current !== name) await setBackend(current);
  }
  return name;
}

/** Runs with a backend that is ready; TensorFlow.js changes to it and back without waiting. */
export function onBackend<T>(name: BackendName, action: () => T): T {
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
