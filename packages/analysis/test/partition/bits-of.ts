import type { SlicePartition } from "../../src";

/** A name for the bits of each part of a partition: equal names, equal bits. Where two partitions differ, the parts say in what. */
export async function bitsOf(partition: SlicePartition): Promise<Record<string, string>> {
  const named = Object.entries(partition).map(async ([part, value]) => [part, await nameOf(value)] as const);
  return Object.fromEntries(await Promise.all(named));
}

async function nameOf(value: unknown): Promise<string> {
  const bytes = ArrayBuffer.isView(value) ? bytesOf(value) : new TextEncoder().encode(JSON.stringify(value));
  const digest = new Uint8Array(await crypto.subtle.digest("SHA-256", bytes));
  return `${bytes.length} bytes, ${Array.from(digest, (byte) => byte.toString(16).padStart(2, "0")).join("")}`;
}

const bytesOf = ({ buffer, byteOffset, byteLength }: ArrayBufferView): Uint8Array<ArrayBuffer> =>
  new Uint8Array(buffer as ArrayBuffer, byteOffset, byteLength).slice();
