import { spawnSync } from "node:child_process";
import { fileURLToPath } from "node:url";
import type { ModelCheck } from "./check-model";
import type { ThirdPartyName } from "./third-party-models";

const script = fileURLToPath(new URL("check-model.ts", import.meta.url));

/** The check of a model in a process of its own, so that its time and memory are its own. */
export function checkedApart(name: ThirdPartyName, cut?: string): ModelCheck {
  const words = ["--import", "tsx", script, name, ...(cut === undefined ? [] : [cut])];
  const { status, stdout, stderr } = spawnSync(process.execPath, words, { encoding: "utf8", maxBuffer: 2 ** 28 });
  if (status !== 0) throw new Error(`${name}: the check ended with ${status}: ${stderr.slice(-2000)}`);
  return JSON.parse(stdout);
}
