import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { slicePartition, slices } from "../../src";
import { partitionJob } from "../../src/partition/partition-job";
import { pauses } from "../../src/partition/pauses";
import { chainOf, weights } from "../networks";

const network = chainOf(
  [2],
  ["dense", { weight: weights(1, 30, 2), bias: weights(2, 30) }],
  ["relu"],
  ["dense", { weight: weights(3, 30, 30), bias: weights(4, 30) }],
  ["relu"],
  ["dense", { weight: weights(5, 1, 30), bias: weights(6, 1) }],
);
const run = (signal?: AbortSignal) => slicePartition(network, slices.axisAligned(2, 0, 1), signal && { signal });

/** Ports that keep the process alive. */
const ports = () => process.getActiveResourcesInfo().filter((name) => name === "MessagePort").length;

describe.each([
  ["setImmediate", setImmediate],
  ["a MessageChannel", undefined],
])("a job that pauses at each step by %s", (_, immediate) => {
  beforeEach(() => {
    let now = 0;
    vi.spyOn(performance, "now").mockImplementation(() => {
      now += 1000;
      return now;
    });
    vi.stubGlobal("setImmediate", immediate);
  });

  afterEach(() => {
    vi.restoreAllMocks();
    vi.unstubAllGlobals();
  });

  it("lets a timer through", async () => {
    const events: string[] = [];
    setTimeout(() => events.push("timer"), 0);
    await run();
    events.push("end");
    expect(events).toEqual(["timer", "end"]);
  });

  it("lets a request through", async () => {
    const events: string[] = [];
    const request = fetch("data:text/plain,hello").then(() => events.push("response"));
    await run();
    events.push("end");
    await request;
    expect(events).toEqual(["response", "end"]);
  });

  it("pauses at each layer before it cuts", async () => {
    const pause = pauses("test", undefined);
    let count = 0;
    const now = (): Promise<void> => {
      count++;
      return pause.now();
    };
    const { run } = await partitionJob(network, slices.axisAligned(2, 0, 1), {}, { isDue: pause.isDue, now });
    expect(count).toBeGreaterThan(run.layers.list.length);
  });

  it("is stopped by a timer", async () => {
    const controller = new AbortController();
    setTimeout(() => controller.abort(), 0);
    await expect(run(controller.signal)).rejects.toMatchObject({ code: "aborted" });
  });

  it("is stopped by a message", async () => {
    const controller = new AbortController();
    const { port1, port2 } = new MessageChannel();
    port1.onmessage = () => controller.abort();
    port2.postMessage("stop");
    await expect(run(controller.signal)).rejects.toMatchObject({ code: "aborted" });
    port1.close();
  });

  it("keeps no process alive", async () => {
    const before = ports();
    await run();
    await vi.waitFor(() => expect(ports()).toBeLessThanOrEqual(before));
  });
});
