import { parentPort, workerData } from "node:worker_threads";
import { wasmCompute } from "@maso/backends/compute";
import { builtins } from "@maso/layers";
import { servePartition } from "../../../src/partition-worker";

/** What a user's worker for Node looks like. */
const { isWasm } = workerData as { readonly isWasm: boolean };
servePartition(parentPort!, { build: builtins.operator, ...(isWasm && { compute: wasmCompute() }) });
