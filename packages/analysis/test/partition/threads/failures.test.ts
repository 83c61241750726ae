import { Worker } from "node:worker_threads";
import { elementwise, MasoError, type MasoErrorCode, type Network, soften } from "@maso/core";
import { builtins, definePlugin } from "@maso/layers";
import { expect, it } from "vitest";
import { type PartitionOptions, type PartitionWorker, slicePartition, slices, streamPartition } from "../../../src";
import { chainOf, weights } from "../../networks";
import { channelWorker, patient, scripted, threadWorker, watched } from "./workers";

const network = chainOf(
  [2],
  ["dense", { weight: weights(1, 45, 2), bias: weights(2, 45) }],
  ["relu"],
  ["dense", { weight: weights(3, 3, 45), bias: weights(4, 3) }],
  ["relu"],
  ["dense", { weight: weights(5, 4, 3), bias: weights(6, 4) }],
);
const slice = slices.axisAligned(2, 0, 1);

/** What the error says, and what happened to the workers: of three threads, two. */
async function failure(create: (() => PartitionWorker) | undefined, options: PartitionOptions = {}) {
  const events: string[] = [];
  const createWorker = create && watched(events, patient(create));
  const error = await slicePartition(network, slice, { threads: 3, ...options, ...(createWorker && { createWorker }) }).catch((e) => e);
  expect(error).toBeInstanceOf(MasoError);
  const { code, message } = error as MasoError;
  return { code, message, events };
}

const both = ["created", "created", "terminated", "terminated"];

const inScript = (script: string) => () => new Worker(script, { eval: true });

it.each([0, -1, 1.5, 257, Number.NaN, Infinity])("%s threads are refused before a worker is made", async (threads) => {
  expect(await failure(channelWorker, { threads })).toMatchObject({ code: "params", events: [] });
});

it("a network or window without regions makes no worker", async () => {
  const events: string[] = [];
  const options = { threads: 3, createWorker: watched(events, channelWorker) };
  await expect(slicePartition(soften(network, 0.5), slice, options)).rejects.toMatchObject({ code: "soft" });
  const line = { ...slice, window: Float64Array.of(-1, 0, 1, 0, 0, 0) };
  expect((await slicePartition(network, line, options)).summary.regions).toBe(0);
  expect(events).toEqual([]);
});

it("threads need createWorker", async () => {
  expect(await failure(undefined)).toMatchObject({ code: "params", message: expect.stringMatching(/createWorker/) });
  await expect(streamPartition(network, slice, { threads: 3 }).next()).rejects.toMatchObject({ code: "params" });
});

it.each<[string, MasoErrorCode, RegExp, () => PartitionWorker]>([
  ["throws at its start", "worker", /a worker failed: broken/, inScript("throw new Error('broken')")],
  [
    "throws at its job",
    "worker",
    /broken/,
    inScript("require('worker_threads').parentPort.on('message', () => { throw new Error('broken') })"),
  ],
  ["ends at once", "worker", /exit code 0/, inScript("")],
  ["ends itself", "worker", /exit code 3/, inScript("require('worker_threads').parentPort.on('message', () => process.exit(3))")],
  ["has no file", "worker", /nowhere/, () => new Worker(new URL("nowhere.mjs", import.meta.url))],
])("a worker that %s fails the job and terminates all", async (_, code, says, create) => {
  const found = await failure(create);
  expect(found).toMatchObject({ code, events: both });
  expect(found.message).toMatch(says);
});

it("a worker that fails while this thread cuts a part ends the job before the part is done", async () => {
  const told: number[] = [];
  const onProgress = (fraction: number) => told.push(fraction);
  const found = await failure(() => scripted({ start: ["message", { type: "ready" }], part: ["error", new Error("broken")] }), {
    onProgress,
  });
  expect(found).toMatchObject({ code: "worker", message: expect.stringMatching(/broken/), events: both });
  expect(told).toEqual([]);
});

it("a worker that never answers is not waited for", async () => {
  const events: string[] = [];
  const silent = watched(events, inScript("setInterval(() => {}, 1000)"));
  const { summary } = await slicePartition(network, slice, { threads: 3, createWorker: silent });
  expect(summary).toEqual((await slicePartition(network, slice)).summary);
  expect(events).toEqual(both);
});

it("a worker that lacks a plugin fails the job and terminates all", async () => {
  const half = definePlugin({ kind: "half-relu", build: (_: object, [shape]) => elementwise(shape!, { slopes: [0, 0.5] }) });
  const own: Network = {
    ...network,
    nodes: network.nodes.map((node, i) =>
      i === 3 ? { ...node, op: builtins.with(half).operator("half-relu", {}, node.op.inputs) } : node,
    ),
  };
  const events: string[] = [];
  const job = slicePartition(own, slice, { threads: 3, createWorker: watched(events, patient(channelWorker)) });
  await expect(job).rejects.toMatchObject({ code: "unknown-kind", message: expect.stringMatching(/half-relu/) });
  expect(events).toEqual(both);
  const regions = async (options: PartitionOptions) => (await slicePartition(own, slice, options)).summary.regions;
  const build = builtins.with(half).operator;
  expect(await regions({ threads: 3, createWorker: patient(() => channelWorker({ build })) })).toBe(await regions({}));
});

it("workers that are made before createWorker fails are terminated", async () => {
  let made = 0;
  const create = () => {
    if (made++ === 1) throw new Error("no more");
    return channelWorker();
  };
  expect(await failure(create)).toMatchObject({
    code: "worker",
    events: ["created", "terminated"],
    message: expect.stringMatching(/no more/),
  });
});

it("what onProgress throws stops the workers", async () => {
  const events: string[] = [];
  const onProgress = () => {
    throw new RangeError("of the caller");
  };
  const job = slicePartition(network, slice, { threads: 3, createWorker: watched(events, patient(channelWorker)), onProgress });
  await expect(job).rejects.toThrow(RangeError);
  expect(events).toEqual(both);
});

it("a stream that is left terminates its workers", async () => {
  const events: string[] = [];
  for await (const { area } of streamPartition(network, slice, { threads: 3, createWorker: watched(events, patient(channelWorker)) })) {
    expect(area).toBeGreaterThan(0);
    break;
  }
  expect(events).toEqual(both);
});

it("workers are terminated when all is done", async () => {
  const events: string[] = [];
  await slicePartition(network, slice, { threads: 3, createWorker: watched(events, patient(channelWorker)) });
  expect(events).toEqual(both);
});

it.each([
  ["while workers start", () => threadWorker(), { afterTrunk: false }],
  ["while parts are cut", channelWorker, { afterTrunk: true }],
])("an abort %s terminates the workers before anything else is heard", async (_, create, { afterTrunk }) => {
  const events: string[] = [];
  const controller = new AbortController();
  const onProgress = () => {
    events.push("progress");
    controller.abort();
  };
  const job = slicePartition(network, slice, {
    threads: 3,
    createWorker: watched(
      events,
      patient(() => {
        if (!afterTrunk) setTimeout(() => controller.abort(), 0);
        return create();
      }),
    ),
    signal: controller.signal,
    onProgress,
  });
  await expect(job).rejects.toMatchObject({ code: "aborted" });
  await new Promise((resolve) => setTimeout(resolve, 20));
  expect(events).toEqual(["created", "created", ...(afterTrunk ? ["progress"] : []), "terminated", "terminated"]);
});

it("an abort in one thread stops the trunk before a part is done", async () => {
  const controller = new AbortController();
  const told: number[] = [];
  const job = slicePartition(network, slice, { signal: controller.signal, onProgress: (fraction) => told.push(fraction) });
  controller.abort();
  await expect(job).rejects.toMatchObject({ code: "aborted" });
  expect(told).toEqual([]);
});
