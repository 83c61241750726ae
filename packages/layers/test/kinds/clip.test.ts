import { forward, network, type Operator } from "@maso/core";
import { describe, expect, it } from "vitest";
import { builtins } from "../../src";

const LARGEST = 3.4028234663852886e38;
const at = (op: Operator, x: number): number =>
  forward(network({ inputs: [[1]], nodes: [{ id: "clip", op, from: [0] }], output: 1 }), Float64Array.of(x))[0]!;

describe("clip is exact, however far away its bounds are", () => {
  it.each([
    [-LARGEST, 1],
    [-1e20, 1],
    [-1, 1e20],
    [-LARGEST, LARGEST],
    [-1e300, 1e300],
    [0, 6],
    [2, 2],
  ])("from %d to %d", (min, max) => {
    const op = builtins.build("clip", { min, max }, [1]);
    for (const x of [-1e21, -7, -1, -1e-300, 0, 1e-300, 0.3, 1, 2, 5, 6, 7, 1e21, min, max])
      expect(at(op, x)).toBe(Math.min(Math.max(x, min), max));
  });
});
