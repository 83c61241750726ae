import type { BuildOperator, NetworkData } from "@maso/core";
import type { Level } from "./level";
import type { PartComplex } from "./part-complex";
import type { Slice } from "./slice";

/** A worker of Node (`worker_threads`) or of a browser, as slicePartition uses it. */
export type PartitionWorker = PartitionPort & { terminate(): unknown };

/** One end of the connection: a worker, its `parentPort` in Node, or `self` in a browser's worker. */
export type PartitionPort = NodePort | WebPort;

export interface NodePort {
  postMessage(message: unknown, transfer?: readonly ArrayBuffer[]): void;
  on(event: string, listener: (value: unknown) => void): unknown;
}

/** Of the forms of `postMessage` in browsers the one that `self` has too where its type is that of a page. */
export interface WebPort {
  postMessage(message: unknown, options?: { readonly transfer?: ArrayBuffer[] }): void;
  addEventListener(event: string, listener: (event: unknown) => void): unknown;
}

export interface ServeOptions {
  /** Makes operators of their kinds: a registry's `operator`. */
  readonly build: BuildOperator;
}

export type ToWorker =
  | {
      readonly type: "start";
      readonly network: NetworkData;
      readonly slice: Slice;
      readonly blockFaces: number | undefined;
      readonly inputNorm: boolean | undefined;
    }
  | { readonly type: "part"; readonly index: number };

export type FromWorker =
  | { readonly type: "ready" }
  | { readonly type: "area"; readonly area: number }
  | { readonly type: "part"; readonly index: number; readonly part: PartComplex }
  | { readonly type: "failed"; readonly code: string; readonly message: string };

export interface PortListeners {
  readonly onMessage: (message: unknown) => void;
  /** Whatever ends a worker, or keeps it from being understood. */
  readonly onError?: (message: string) => void;
}

/** Hears what comes through a port, whichever kind of worker it is. */
export function listen(port: PartitionPort, { onMessage, onError }: PortListeners): void {
  if ("on" in port) {
    port.on("message", onMessage);
    if (!onError) return;
    for (const event of ["error", "messageerror"]) port.on(event, (error) => onError(messageOf(error)));
    port.on("exit", (code) => onError(`it ended with exit code ${code} before its work was done`));
    return;
  }
  port.addEventListener("message", (event) => onMessage((event as { readonly data: unknown }).data));
  if (onError) for (const name of ["error", "messageerror"]) port.addEventListener(name, (event) => onError(messageOf(event)));
}

/** Where a script cannot be loaded, browsers say nothing at all. */
function messageOf(error: unknown): string {
  return (error as { readonly message?: string } | null)?.message || "it gave no reason; can its script be loaded?";
}

/** A part without the trunk's levels above it, which every thread has. */
export function detached(part: PartComplex, trunk: Level | null): PartComplex {
  return withLevels(part, (level) => (level === trunk ? null : level), null);
}

/** The part with a trunk's level above it. */
export function attached(part: PartComplex, trunk: Level | null): PartComplex {
  return withLevels(part, (level) => level, trunk);
}

function withLevels(part: PartComplex, seen: (level: Level | null) => Level | null, top: Level | null): PartComplex {
  const made = new Map<Level, Level>();
  const again = (level: Level | null): Level | null => {
    const own = seen(level);
    if (own === null) return top;
    const known = made.get(own) ?? { ...own, parent: again(own.parent) };
    made.set(own, known);
    return known;
  };
  return { ...part, levels: part.levels.map(({ level, ...rest }) => ({ level: again(level), ...rest })) };
}

/** The buffers of all typed arrays of a message, which may be handed over. */
export function buffersIn(value: unknown, found = new Set<ArrayBuffer>()): Set<ArrayBuffer> {
  if (ArrayBuffer.isView(value)) found.add(value.buffer as ArrayBuffer);
  else if (value !== null && typeof value === "object") for (const entry of Object.values(value)) buffersIn(entry, found);
  return found;
}
