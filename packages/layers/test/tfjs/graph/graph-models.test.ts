import { describe, expect, it } from "vitest";
import { readTfjs } from "../../../src/tfjs";
import { checked, graph, type } from "./graphs";

describe("a graph-model", () => {
  it("is read as tfjs computes it", async () => {
    const g = graph();
    const x = g.input("x", [null, 4]);
    const y = g.node("Relu", [x]);
    const { network } = await checked(g.artifacts(y));
    expect(network.nodes.map(({ op }) => op.kind)).toEqual(["relu"]);
  });
});
