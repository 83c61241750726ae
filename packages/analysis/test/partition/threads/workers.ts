import { EventEmitter } from "node:events";
import { MessageChannel, Worker } from "node:worker_threads";
import type { BuildOperator, Compute } from "@maso/core";
import { builtins } from "@maso/layers";
import { onTestFinished, vi } from "vitest";
import type { PartitionWorker } from "../../../src";
import { listen, type ToWorker } from "../../../src/partition/thread-port";
import { servePartition } from "../../../src/partition-worker";

/** A thread of Node. */
export function threadWorker(isWasm = false): PartitionWorker {
  return new Worker(new URL("start-worker.mjs", import.meta.url), { workerData: { isWasm } });
}

/** The other end of a channel in this thread: what goes through is copied and handed over as between threads, and a start costs nothing. */
export function channelWorker({ build = builtins.operator, compute }: { build?: BuildOperator; compute?: Compute } = {}): PartitionWorker {
  const { port1, port2 } = new MessageChannel();
  servePartition(port2, { build, ...(compute && { compute }) });
  return withTerminate(port1);
}

/** Answers each type of message with an event. */
export function scripted(answers: Readonly<Record<string, readonly [event: string, value: unknown]>>): PartitionWorker {
  const port = new EventEmitter();
  return {
    postMessage: (message: unknown) =>
      later(() => {
        const [event, value] = answers[(message as ToWorker).type]!;
        if (port.listenerCount(event) > 0) port.emit(event, value);
      }),
    on: (event, listener) => port.on(event, listener),
    terminate: () => port.removeAllListeners(),
  };
}

/** Tells what happens to workers, in order. */
export function watched(events: string[], create: () => PartitionWorker): () => PartitionWorker {
  return () => {
    const worker = create();
    const { terminate } = worker;
    events.push("created");
    worker.terminate = () => {
      events.push("terminated");
      return terminate.call(worker);
    };
    return worker;
  };
}

/**
 * Makes jobs of this test pause at each step and wait at the first until every worker has said that it is ready, or what is
 * wrong, or is terminated. So workers take part in the smallest job. `onPart` hears of each part that one is given.
 */
export function patient(create: () => PartitionWorker, onPart: () => void = () => {}): () => PartitionWorker {
  const heard: Promise<unknown>[] = [];
  let now = 0;
  vi.spyOn(performance, "now").mockImplementation(() => {
    now += 1000;
    return now;
  });
  vi.stubGlobal("setImmediate", (callback: () => void) => Promise.all(heard).then(() => later(callback)));
  onTestFinished(() => {
    vi.restoreAllMocks();
    vi.unstubAllGlobals();
  });
  return () => {
    const worker = create();
    const terminate = worker.terminate.bind(worker);
    const first = new Promise((resolve) => {
      listen(worker, { onMessage: resolve, onError: resolve });
      worker.terminate = () => resolve(terminate());
    });
    heard.push(first);
    const send = worker.postMessage.bind(worker);
    worker.postMessage = (message: unknown) => {
      if ((message as ToWorker).type === "part") onPart();
      send(message);
    };
    return worker;
  };
}

const later = setImmediate;

function withTerminate(port: MessageChannel["port1"]): PartitionWorker {
  return {
    postMessage: (message: unknown, transfer?: ArrayBuffer[]) => port.postMessage(message, transfer),
    on: (event, listener) => port.on(event as "message", listener),
    terminate: () => port.close(),
  };
}
