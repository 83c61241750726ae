import type { ConformanceCase } from "../../src/testing";
import { firstCases } from "./cases/first";
import { imageCases } from "./cases/image";
import { movesCases } from "./cases/moves";
import { unitsCases } from "./cases/units";

const parts: readonly Readonly<Record<string, readonly ConformanceCase[]>>[] = [firstCases, imageCases, movesCases, unitsCases];

/** What each built-in is tested on. */
export const cases: Readonly<Record<string, readonly ConformanceCase[]>> = Object.fromEntries(
  parts.flatMap(Object.keys).map((kind) => [kind, parts.flatMap((part) => part[kind] ?? [])]),
);
