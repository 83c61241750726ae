import { mkdirSync, writeFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { parseArgs } from "node:util";
import { slicePartition } from "@maso/analysis";
import { wasmCompute } from "@maso/backends/compute";
import { writeNetworkFile } from "@maso/layers";
import { differences } from "../../packages/analysis/test/partition/differences";
import { oracle } from "../../packages/analysis/test/partition/oracle";
import { brokenLaws } from "../../packages/analysis/test/partition/partition-laws";
import { type RandomCase, randomCase } from "../../packages/analysis/test/partition/random-networks";

/**
 * Compares partitions of random networks, of odd seeds in wasm, with the exact oracle, one seed after the other, until time is up or one
 * differs. That one's seed is printed (`--seed S --seconds 0` runs it again), and its network and slice go to a JSON file.
 */
const { values } = parseArgs({ options: { seconds: { type: "string", default: "600" }, seed: { type: "string", default: "1" } } });
const seconds = Number(values.seconds);
const first = Number(values.seed);
if (!Number.isFinite(seconds) || !Number.isSafeInteger(first)) {
  console.error("fuzz: --seconds and --seed need numbers");
  process.exit(2);
}

const compute = await wasmCompute();
const start = performance.now();
let regions = 0;
let exact = 0;
let shown = start;
let seed = first;
do {
  const tried = randomCase(seed);
  const problems = await problemsOf(tried);
  if (problems.length > 0) {
    console.error(`\nfuzz: seed ${seed} differs:\n${problems.slice(0, 20).join("\n")}\nwritten to ${writeCase(seed, tried)}`);
    process.exit(1);
  }
  seed++;
  if (performance.now() - shown > 2000) {
    shown = performance.now();
    process.stdout.write(`\rfuzz: ${progress()}`);
  }
} while (performance.now() - start < seconds * 1000);
console.log(`\rfuzz: ${progress()}, no difference`);

function progress(): string {
  const elapsed = ((performance.now() - start) / 1000).toFixed(0);
  return `${elapsed} of ${seconds} s, seeds ${first} to ${seed - 1}, ${regions} regions, ${exact} exact decisions`;
}

async function problemsOf({ network, slice }: RandomCase): Promise<string[]> {
  try {
    const partition = await slicePartition(network, slice, seed % 2 === 0 ? {} : { compute, blockFaces: 16 });
    regions += partition.summary.regions;
    exact += partition.summary.exactDecisions;
    return [...brokenLaws(partition), ...differences(partition, oracle(network, slice))];
  } catch (error) {
    return [error instanceof Error ? (error.stack ?? error.message) : String(error)];
  }
}

function writeCase(seed: number, { network, slice, degenerate }: RandomCase): string {
  const folder = fileURLToPath(new URL("../reports/", import.meta.url));
  mkdirSync(folder, { recursive: true });
  const file = `${folder}partition-${seed}.json`;
  const numbers = { origin: [...slice.origin], axes: slice.axes.map((axis) => [...axis]), window: [...slice.window] };
  writeFileSync(file, JSON.stringify({ seed, degenerate, network: writeNetworkFile(network), slice: numbers }));
  return file;
}
