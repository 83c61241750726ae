import { parentPort, workerData } from "node:worker_threads";
import { servePartition } from "@maso/analysis/partition-worker";
import { loadPlugins } from "./model/load-plugins";
import { startCompute } from "./model/start-compute";
import { consoleToStderr } from "./output/console-to-stderr";

/** A thread of `maso partition --threads`. */
consoleToStderr();
const layers = await loadPlugins((workerData as { readonly plugins: readonly string[] }).plugins);
servePartition(parentPort!, { build: layers.operator, compute: startCompute() });
