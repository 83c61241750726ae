import { MessageChannel, Worker } from "node:worker_threads";
import type { BuildOperator, Compute } from "@maso/core";
import { builtins } from "@maso/layers";
import type { PartitionWorker } from "../../../src";
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

function withTerminate(port: MessageChannel["port1"]): PartitionWorker {
  return {
    postMessage: (message: unknown, transfer?: ArrayBuffer[]) => port.postMessage(message, transfer),
    on: (event, listener) => port.on(event as "message", listener),
    terminate: () => port.close(),
  };
}
