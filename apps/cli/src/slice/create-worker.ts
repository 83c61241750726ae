import { existsSync } from "node:fs";
import { Worker } from "node:worker_threads";
import type { PartitionWorker } from "@maso/analysis";
import type { ModelOptions } from "../model/open-model";

/** A thread that cuts parts of a partition, with the same plugins. */
export function createWorker({ plugin = [] }: ModelOptions): PartitionWorker {
  return new Worker(builtFile(), { workerData: { plugins: plugin } });
}

/** Beside the program where it is built, else where the build puts it. */
function builtFile(): URL {
  const here = new URL("./partition-worker.js", import.meta.url);
  return existsSync(here) ? here : new URL("../../dist/partition-worker.js", import.meta.url);
}
