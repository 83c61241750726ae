import { existsSync, readFileSync } from "node:fs";
import { SourceMap } from "node:module";
import { basename } from "node:path";
import { fileURLToPath } from "node:url";

/** A function and its share of the time of a profile, without what it calls. */
export interface Heavy {
  readonly name: string;
  readonly share: number;
  readonly seconds: number;
}

interface Frame {
  readonly functionName: string;
  readonly url: string;
  /** From 0. */
  readonly lineNumber: number;
  readonly columnNumber: number;
}

interface Profile {
  readonly nodes: readonly { readonly id: number; readonly callFrame: Frame }[];
  readonly samples: readonly number[];
  /** Microseconds between a sample and the one before it. */
  readonly timeDeltas: readonly number[];
}

/** The functions of a .cpuprofile with the most time of their own. */
export function heaviest(file: string, count: number): Heavy[] {
  const { nodes, samples, timeDeltas } = JSON.parse(readFileSync(file, "utf8")) as Profile;
  const nameOf = namer();
  const names = new Map(nodes.map(({ id, callFrame }) => [id, nameOf(callFrame)]));
  const times = new Map<string, number>();
  samples.forEach((id, i) => {
    // A sample stands for the time until the next one.
    const name = names.get(id)!;
    if (name !== "(idle)") times.set(name, (times.get(name) ?? 0) + (timeDeltas[i + 1] ?? 0) / 1e6);
  });
  const total = [...times.values()].reduce((sum, seconds) => sum + seconds, 0);
  return [...times]
    .sort(([, a], [, b]) => b - a)
    .slice(0, count)
    .map(([name, seconds]) => ({ name, seconds, share: seconds / total }));
}

function namer(): (frame: Frame) => string {
  const maps = new Map<string, SourceMap | null>();
  return ({ functionName, url, lineNumber, columnNumber }) => {
    const name = functionName || "(anonymous)";
    if (url.startsWith("wasm:")) return `${name} (wasm)`;
    if (!url.startsWith("file:")) return name;
    if (!maps.has(url)) maps.set(url, sourceMapOf(`${fileURLToPath(url)}.map`));
    const entry = maps.get(url)?.findEntry(lineNumber, columnNumber);
    const [source, line] = entry && "originalSource" in entry ? [entry.originalSource, entry.originalLine] : [basename(url), lineNumber];
    return `${name} (${source.replace(/^.*\/src\//, "")}:${line + 1})`;
  };
}

const sourceMapOf = (file: string): SourceMap | null => (existsSync(file) ? new SourceMap(JSON.parse(readFileSync(file, "utf8"))) : null);
