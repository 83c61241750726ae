import { test } from "vitest";
import { plainCompute } from "../../src";
import { computeConformance } from "../../src/testing";

computeConformance(plainCompute, { test });
