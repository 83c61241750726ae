import { computeConformance } from "@maso/core/testing";
import { describe, test } from "vitest";
import { wasmCompute } from "../../src/compute";

describe("wasmCompute in a browser", async () => computeConformance(await wasmCompute(), { test }));
