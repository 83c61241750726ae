import { type Compute, fromData, MasoError } from "@maso/core";
import { detachOne } from "./detach-one";
import { partComplex } from "./part-complex";
import { growTrunk, type Trunk } from "./partition-blocks";
import { type PartitionJob, partitionJob, trunkRun } from "./partition-job";
import { finished, noPauses } from "./pauses";
import { buffersIn, detached, type FromWorker, listen, type PartitionPort, type ServeOptions, type ToWorker } from "./thread-port";

export type { PartitionPort } from "./thread-port";

export interface PartitionServer extends ServeOptions {
  /** The heavy loops; plain TypeScript where absent. */
  readonly compute?: Compute | Promise<Compute>;
}

/** What a worker runs to cut parts for slicePartition: once, with its own end of the connection. */
export function servePartition(port: PartitionPort, { build, compute }: PartitionServer): void {
  detachOne();
  let job: PartitionJob | null = null;
  let trunk: Trunk | null = null;
  const send = (message: FromWorker): void => port.postMessage(message);
  const answer = async (message: ToWorker): Promise<void> => {
    if (message.type === "start") {
      const { network, slice, blockFaces, inputNorm } = message;
      const options = {
        ...(compute && { compute: await compute }),
        ...(blockFaces !== undefined && { blockFaces }),
        ...(inputNorm !== undefined && { inputNorm }),
      };
      job = await partitionJob(fromData(network, build), slice, options, noPauses);
      trunk = finished(growTrunk(await trunkRun(job)));
      send({ type: "ready" });
    } else if (message.type === "part" && job !== null && trunk !== null) {
      const part = finished(partComplex(job, trunk, message.index, (area) => send({ type: "area", area })));
      const reply: FromWorker = { type: "part", index: message.index, part: detached(part, trunk.level) };
      port.postMessage(reply, [...buffersIn(reply)]);
    }
  };
  const onMessage = (message: unknown): void => {
    answer(message as ToWorker).catch((error: unknown) => {
      send(
        error instanceof MasoError
          ? { type: "failed", code: error.code, message: error.message }
          : { type: "failed", code: "worker", message: `partition: a worker failed: ${error instanceof Error ? error.message : error}` },
      );
    });
  };
  listen(port, { onMessage });
}
