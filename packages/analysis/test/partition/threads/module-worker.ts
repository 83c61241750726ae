import { wasmCompute } from "@maso/backends/compute";
import { builtins } from "@maso/layers";
import { servePartition } from "../../../src/partition-worker";

/** What a user's worker for a browser looks like. */
servePartition(self, { build: builtins.operator, compute: wasmCompute() });
