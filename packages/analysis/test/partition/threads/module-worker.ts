import { wasmCompute } from "@maso/backends/compute";
import { builtins } from "@maso/layers";
import { type PartitionPort, servePartition } from "../../../src/partition-worker";

/** What a user's worker for a browser looks like. */
servePartition(self as PartitionPort, { build: builtins.operator, compute: wasmCompute() });
