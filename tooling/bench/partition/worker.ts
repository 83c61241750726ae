import { parentPort } from "node:worker_threads";
import { servePartition } from "@maso/analysis/partition-worker";
import { wasmCompute } from "@maso/backends/compute";
import { builtins } from "@maso/layers";

/** A thread of a measurement, as a user's. */
servePartition(parentPort!, { build: builtins.operator, compute: wasmCompute() });
