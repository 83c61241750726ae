import { createHash, type Hash } from "node:crypto";
import { type Network, toData } from "@maso/core";

/**
 * SHA-256 of all that makes a network's codes: input shapes, kinds, parameters, sources and β, in hexadecimal. Names, node ids and the head are
 * no part of it, so that a model and the network file that it was converted to agree.
 */
export function networkFingerprint(network: Network): string {
  const { inputs, nodes, output } = toData(network);
  const hash = createHash("sha256");
  feed(hash, { inputs, output, nodes: nodes.map(({ kind, params, from, beta }) => ({ kind, params, from, beta })) });
  return hash.digest("hex");
}

/** Each value with its type and its length before it, so that no two structures feed the same bytes. */
function feed(hash: Hash, value: unknown): void {
  if (ArrayBuffer.isView(value)) feedNumbers(hash, value as Float64Array | Int32Array);
  else if (Array.isArray(value)) {
    hash.update(`[${value.length}`);
    for (const item of value) feed(hash, item);
  } else if (typeof value === "object" && value !== null) {
    const entries = Object.entries(value).filter(([, each]) => each !== undefined);
    hash.update(`{${entries.length}`);
    for (const [key, each] of entries.sort(([a], [b]) => (a < b ? -1 : 1))) {
      hash.update(JSON.stringify(key));
      feed(hash, each);
    }
  } else hash.update(`${typeof value}${JSON.stringify(value)};`);
}

const CHUNK = 2 ** 16;

/** As float64, and −0 as 0, which text files do not keep apart. */
function feedNumbers(hash: Hash, numbers: Float64Array | Int32Array): void {
  hash.update(`#${numbers.length}`);
  for (let from = 0; from < numbers.length; from += CHUNK)
    hash.update(Float64Array.from(numbers.subarray(from, from + CHUNK), (value) => value + 0));
}
