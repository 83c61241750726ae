import { crc32 } from "node:zlib";
import { PNG } from "pngjs";

/** RGBA, row by row. */
export interface Frame {
  readonly width: number;
  readonly height: number;
  readonly data: Uint8ClampedArray;
}

export function encodePng({ width, height, data }: Frame): Buffer {
  const png = new PNG({ width, height });
  png.data = Buffer.from(data.buffer, data.byteOffset, data.byteLength);
  return PNG.sync.write(png, { colorType: 2, deflateStrategy: 0 });
}

/**
 * Frames of one size as an animated PNG that repeats for ever: browsers and many viewers play it, others show the first frame, which is
 * not part of the animation: the last one. `seconds` says how long each shows.
 */
export function encodeAnimatedPng(frames: readonly Frame[], seconds: readonly number[]): Buffer {
  const still = chunksOf(encodePng(frames.at(-1)!));
  const [header] = still;
  const parts = [
    SIGNATURE,
    header!.whole,
    chunk("acTL", words(frames.length, 0)),
    ...still.filter(({ type }) => type === "IDAT").map(({ whole }) => whole),
  ];
  let sequence = 0;
  frames.forEach((frame, i) => {
    const control = Buffer.concat([
      words(sequence++, frame.width, frame.height, 0, 0),
      shorts(Math.round(1000 * seconds[i]!), 1000),
      Buffer.of(0, 0),
    ]);
    parts.push(chunk("fcTL", control));
    for (const { type, data } of chunksOf(encodePng(frame)))
      if (type === "IDAT") parts.push(chunk("fdAT", Buffer.concat([words(sequence++), data])));
  });
  return Buffer.concat([...parts, chunk("IEND", Buffer.alloc(0))]);
}

const SIGNATURE = Buffer.of(0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a);

interface Chunk {
  readonly type: string;
  readonly data: Buffer;
  /** With its length, type and checksum. */
  readonly whole: Buffer;
}

function chunksOf(png: Buffer): readonly Chunk[] {
  const chunks: Chunk[] = [];
  for (let at = SIGNATURE.length; at < png.length; ) {
    const end = at + 12 + png.readUInt32BE(at);
    chunks.push({ type: png.toString("latin1", at + 4, at + 8), data: png.subarray(at + 8, end - 4), whole: png.subarray(at, end) });
    at = end;
  }
  return chunks;
}

function chunk(type: string, data: Buffer): Buffer {
  const body = Buffer.concat([Buffer.from(type, "latin1"), data]);
  return Buffer.concat([words(data.length), body, words(crc32(body))]);
}

function words(...values: readonly number[]): Buffer {
  const buffer = Buffer.alloc(4 * values.length);
  values.forEach((value, i) => buffer.writeUInt32BE(value, 4 * i));
  return buffer;
}

function shorts(...values: readonly number[]): Buffer {
  const buffer = Buffer.alloc(2 * values.length);
  values.forEach((value, i) => buffer.writeUInt16BE(value, 2 * i));
  return buffer;
}
