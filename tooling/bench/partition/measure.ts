import { Worker } from "node:worker_threads";
import { slicePartition, slices } from "@maso/analysis";
import { wasmCompute } from "@maso/backends/compute";
import { inputSize, type Network, random } from "@maso/core";
import { type BenchNetwork, benchNetworks } from "./networks.ts";
import { passTime, productsTime } from "./pass-time.ts";
import { type Time, timer } from "./timer.ts";

/** What one process measures; it runs the packages as they are published. */
export interface Measured {
  readonly regions: number;
  readonly vertices: number;
  readonly exactDecisions: number;
  /** Of slicePartition, with the start of wasm and of threads. */
  readonly time: Time;
  /** The process's peak resident set so far, in 10⁶ bytes. */
  readonly peakMemoryMB: number;
  /** A forward pass at as many points as there are vertices; null where none was asked for. */
  readonly pass: Time | null;
  /** The products of that pass alone. */
  readonly products: Time | null;
}

export interface Job {
  readonly name: BenchNetwork;
  readonly pass: boolean;
  readonly threads: number;
}

const { name, pass, threads } = JSON.parse(process.argv[2]!) as Job;
const network = benchNetworks[name]();
const elapsed = timer();
const compute = await wasmCompute();
const createWorker = (): Worker => new Worker(new URL("./worker.js", import.meta.url));
const { summary } = await slicePartition(network, planeOf(network), { compute, inputNorm: false, threads, createWorker });
const time = elapsed();
const peakMemoryMB = (1024 * process.resourceUsage().maxRSS) / 1e6;
const { regions, vertices, exactDecisions } = summary;
const measured: Measured = {
  regions,
  vertices,
  exactDecisions,
  time,
  peakMemoryMB,
  pass: pass ? passTime(network, compute, vertices) : null,
  products: pass ? productsTime(network, compute, vertices) : null,
};
console.log(JSON.stringify(measured));

/** [−1, 1]² of two inputs, else the plane of three random images. */
function planeOf(net: Network) {
  if (inputSize(net) === 2) return slices.axisAligned(2, 0, 1);
  const { uniform } = random(1);
  const image = (): Float64Array => Float64Array.from({ length: inputSize(net) }, uniform);
  return slices.through(image(), image(), image());
}
