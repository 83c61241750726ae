import { MasoError, type Shape } from "@maso/core";
import type { Tensor } from "@maso/layers";
import type { OpenShape } from "./open-shape";

/** A picture as it was decoded. */
export interface Image {
  readonly width: number;
  readonly height: number;
  readonly gray: boolean;
  /** 0 ... 255, [height, width, 4]. */
  readonly rgba: Uint8Array;
}

/** value = pixel · numerator / denominator + offset, pixels counting from 0 to 255. */
export interface Scaling {
  readonly numerator: number;
  readonly denominator: number;
  readonly offset: number;
}

const MOST_PIXELS = 2 ** 26;

export const isPng = (bytes: Uint8Array): boolean => bytes[0] === 0x89 && bytes[1] === 0x50 && bytes[2] === 0x4e && bytes[3] === 0x47;
export const isJpeg = (bytes: Uint8Array): boolean => bytes[0] === 0xff && bytes[1] === 0xd8 && bytes[2] === 0xff;

/** Decodes a PNG or JPEG file. Throws "format" or "too-large". */
export async function decodeImage(file: string, bytes: Buffer): Promise<Image> {
  try {
    return isPng(bytes) ? await decodePng(file, bytes) : await decodeJpeg(bytes);
  } catch (error) {
    if (error instanceof MasoError) throw error;
    throw new MasoError("format", `${file}: not a readable image (${error instanceof Error ? error.message : error})`, { cause: error });
  }
}

async function decodePng(file: string, bytes: Buffer): Promise<Image> {
  if (bytes.length < 24) throw new Error("truncated");
  const [width, height] = [bytes.readUInt32BE(16), bytes.readUInt32BE(20)];
  if (width * height > MOST_PIXELS)
    throw new MasoError("too-large", `${file}: ${width}×${height} pixels; at most ${MOST_PIXELS} are supported`);
  const { PNG } = (await import("pngjs")).default;
  const { data, color } = PNG.sync.read(bytes) as ReturnType<typeof PNG.sync.read> & { readonly color: boolean };
  return { width, height, gray: !color, rgba: data };
}

async function decodeJpeg(bytes: Buffer): Promise<Image> {
  const { decode } = (await import("jpeg-js")).default;
  const { width, height, data } = decode(bytes, {
    useTArray: true,
    formatAsRGBA: true,
    tolerantDecoding: false,
    maxResolutionInMP: MOST_PIXELS / 1e6,
    maxMemoryUsageInMB: 2048,
  });
  return { width, height, gray: isGray(data), rgba: data };
}

function isGray(rgba: Uint8Array): boolean {
  for (let i = 0; i < rgba.length; i += 4) if (rgba[i] !== rgba[i + 1] || rgba[i] !== rgba[i + 2]) return false;
  return true;
}

/** The shape that an open input takes from an image; null where it takes no image. */
export function imageShape(declared: OpenShape, { width, height, gray }: Image): Shape | null {
  if (declared.length !== 2 && declared.length !== 3) return null;
  return [declared[0] ?? height, declared[1] ?? width, ...(declared.length === 3 ? [declared[2] ?? (gray ? 1 : 3)] : [])];
}

/** The image as the model wants it: [height, width, 1 or 3], or flat. Alpha is dropped; colours become gray as Rec. 601 weighs them. */
export function imageTensor(where: string, image: Image, needed: Shape, scaling: Scaling): Tensor {
  const { width, height, rgba } = image;
  const channels = channelsOf(image, needed);
  if (channels === null) {
    const wanted = needed.length >= 2 ? `${needed[1]}×${needed[0]} pixels in ${needed[2] ?? 1} channels` : `shape [${needed.join(", ")}]`;
    throw new MasoError(
      "shape",
      `${where}: an image of ${width}×${height} pixels given; the model needs ${wanted}, where 1 or 3 channels can come from an image`,
    );
  }
  const data = new Float64Array(width * height * channels);
  const { numerator, denominator, offset } = scaling;
  for (let p = 0, at = 0; p < width * height; p++)
    for (let c = 0; c < channels; c++)
      data[at++] = ((channels === 1 ? grayOf(rgba, p * 4) : rgba[p * 4 + c]!) * numerator) / denominator + offset;
  return { shape: needed, data };
}

function channelsOf({ width, height }: Image, needed: Shape): 1 | 3 | null {
  const [first, second, third = 1] = needed;
  if (needed.length === 1) return first === width * height ? 1 : first === width * height * 3 ? 3 : null;
  const fits = (needed.length === 2 || needed.length === 3) && first === height && second === width;
  return fits && (third === 1 || third === 3) ? third : null;
}

function grayOf(rgba: Uint8Array, at: number): number {
  const [red, green, blue] = [rgba[at]!, rgba[at + 1]!, rgba[at + 2]!];
  return red === green && green === blue ? red : 0.299 * red + 0.587 * green + 0.114 * blue;
}
