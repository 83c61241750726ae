import { MessageChannel, receiveMessageOnPort } from "node:worker_threads";
import { forward, fromData, inputSize, type NetworkData, network, random, toData } from "@maso/core";
import { describe, expect, it } from "vitest";
import { builtins } from "../../src";
import { cases } from "./cases";

/** What arrives at the other end of a port, as at a worker. */
function sent<T>(message: T): T {
  const { port1, port2 } = new MessageChannel();
  port1.postMessage(message);
  const arrived = receiveMessageOnPort(port2) as { readonly message: T };
  port1.close();
  return arrived.message;
}

describe("a layer of every kind computes the same to the bit after a trip to a worker", () => {
  it.each(Object.entries(cases).flatMap(([kind, list]) => list.map((given, i) => ({ title: `${kind} ${given.name ?? i}`, kind, given }))))(
    "$title",
    ({ kind, given: { params, inputs } }) => {
      const op = builtins.operator(kind, params, inputs);
      const here = network({ inputs, nodes: [{ id: kind, op, from: inputs.map((_, i) => i) }], output: inputs.length });
      const there = fromData(sent<NetworkData>(toData(here)), builtins.operator);
      const { normal } = random(3);
      const x = Float64Array.from({ length: 3 * inputSize(here) }, normal);
      expect(forward(there, x)).toEqual(forward(here, x));
    },
  );
});
