import { spawnSync } from "node:child_process";
import { mkdirSync, readdirSync, rmSync } from "node:fs";
import { parseArgs } from "node:util";
import { heaviest } from "./partition/heaviest";
import { installed } from "./partition/installed";
import type { Job, Measured } from "./partition/measure";
import { type BenchNetwork, benchNetworks } from "./partition/networks";
import type { Time } from "./partition/timer";

/** What issue 4 asks of a network: most time as a ratio to a forward pass at as many points as there are vertices, and most memory. */
interface Limits {
  readonly floor: number;
  readonly aim: number;
  readonly memoryMB: number;
}

/** How many times as fast two threads have to be, where there are limits. */
const SPEED_UP = 1.6;

const limits: Partial<Record<BenchNetwork, Limits>> = {
  "2-256-256-256-10": { floor: 0.5, aim: 0.36, memoryMB: 250 },
  "2-512-512-512-512-1": { floor: 0.5, aim: 0.2, memoryMB: 400 },
};

const { values: flags, positionals } = parseArgs({
  allowPositionals: true,
  options: { strict: { type: "boolean", default: false }, profile: { type: "boolean", default: false } },
});
const known = Object.keys(benchNetworks) as BenchNetwork[];
const unknown = positionals.find((name) => !known.includes(name as BenchNetwork));
if (unknown !== undefined) {
  console.error(`bench: there is no network ${unknown}; the networks are ${known.join(", ")}`);
  process.exit(2);
}

const folder = installed(["measure", "networks", "pass-time", "timer", "worker"]);
let missed = 0;
for (const name of positionals.length > 0 ? (positionals as BenchNetwork[]) : known) report(name);
if (flags.strict && missed > 0) process.exit(1);

/** slicePartition in a process of its own, in wasm, from what is published: the fastest that a user gets; then again with two threads. */
function report(name: BenchNetwork): void {
  const measured = measure({ name, pass: !flags.profile, threads: 1 });
  const threaded = flags.profile ? null : measure({ name, pass: false, threads: 2 });
  if (measured === null || (threaded === null && !flags.profile)) {
    console.log(`${name}: FAILED, see above`);
    missed++;
    return;
  }
  const { regions, time, peakMemoryMB, pass, products, exactDecisions } = measured;
  const limit = limits[name];
  const asked = (text: (limit: Limits) => string): string => (limit ? ` (${text(limit)})` : "");
  const ratio = (a: Time | null, b: Time | null, of: keyof Time): string => (a === null || b === null ? "-" : (a[of] / b[of]).toFixed(2));
  const second = threaded?.time ?? null;
  console.log(
    [
      `${name}: ${regions} regions in ${time.clock.toFixed(2)} s (${time.processor.toFixed(2)} s of processor time), ${Math.round(regions / time.clock)} a second`,
      `  forward passes at its vertices   ${ratio(time, pass, "clock")}${asked(({ floor, aim }) => `floor ${floor}, aim ${aim}`)}, by processor time ${ratio(time, pass, "processor")}`,
      `  their products alone             ${ratio(time, products, "clock")}`,
      `  peak memory                      ${peakMemoryMB.toFixed(0)} MB${asked(({ memoryMB }) => `aim ${memoryMB}`)}`,
      `  two threads                      ${ratio(time, second, "clock")} times as fast${asked(() => `floor ${SPEED_UP}`)}, for ${ratio(second, time, "processor")} of the processor time; ${threaded?.peakMemoryMB.toFixed(0) ?? "-"} MB`,
      `  exact decisions                  ${exactDecisions}`,
    ].join("\n"),
  );
  if (limit && pass !== null && time.clock > limit.floor * pass.clock) missed++;
  if (limit && second !== null && time.clock < SPEED_UP * second.clock) missed++;
}

function measure(job: Job): Measured | null {
  const profiles = `${folder}profile-${job.name}`;
  rmSync(profiles, { recursive: true, force: true });
  mkdirSync(profiles);
  const profiling = flags.profile ? ["--cpu-prof", `--cpu-prof-dir=${profiles}`] : [];
  const { status, stdout } = spawnSync(process.execPath, [...profiling, `${folder}measure.js`, JSON.stringify(job)], {
    stdio: ["ignore", "pipe", "inherit"],
    encoding: "utf8",
  });
  if (status !== 0) return null;
  for (const file of readdirSync(profiles)) {
    console.log(`${job.name}, time of functions without what they call:`);
    for (const { name, share, seconds } of heaviest(`${profiles}/${file}`, 15))
      console.log(`  ${(100 * share).toFixed(1).padStart(5)} % ${seconds.toFixed(2).padStart(7)} s  ${name}`);
  }
  return JSON.parse(stdout);
}
