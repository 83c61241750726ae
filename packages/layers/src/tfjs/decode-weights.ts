import { MasoError, sizeOf } from "@maso/core";
import { float16 } from "../params/float16";
import type { Tensor } from "../params/tensor";
import type { Artifacts, WeightSpec } from "./artifacts";

/** By name; null where a weight is there but its values are no real numbers: text, or complex64. */
export type Weights = ReadonlyMap<string, Tensor | null>;

type Numbers = Float32Array | Int32Array | Uint16Array | Uint8Array;

/** What a weight is, with the bytes of an element; text has as many as it says before each element. */
const TYPES: Readonly<Record<string, number | null>> = { float32: 4, int32: 4, bool: 1, complex64: 8, string: null };
/** How its numbers may be stored instead, and as which types. */
const QUANTIZED: Readonly<Record<string, { readonly bytes: number; readonly as: readonly string[] }>> = {
  uint8: { bytes: 1, as: ["float32", "int32"] },
  uint16: { bytes: 2, as: ["float32", "int32"] },
  float16: { bytes: 2, as: ["float32"] },
};
const BYTES_OF_LENGTH = 4;

/**
 * All weights by name, in float64, those of an optimizer left out; quantised ones as tfjs gives them back, in float32. Throws "format" (truncated data, an unknown
 * type, a name twice), "too-large" or "non-finite", naming the file and the weight.
 */
export function decodeWeights({ name: file, weightSpecs, weightData }: Artifacts): Weights {
  const weights = new Map<string, Tensor | null>();
  let at = 0;
  for (const spec of weightSpecs) {
    checkSpec(file, spec);
    const start = at;
    at = endOf(file, spec, weightData, start);
    if (spec.group === "optimizer") continue;
    if (weights.has(spec.name)) throw new MasoError("format", `${file}: weight ${spec.name} occurs twice; names need to be unique`);
    weights.set(spec.name, decode(file, spec, weightData.slice(start, at)));
  }
  if (at < weightData.byteLength)
    throw new MasoError("format", `${file}: the weight files have ${weightData.byteLength} bytes; the weights that it lists need ${at}`);
  return weights;
}

function checkSpec(file: string, { name, shape, dtype, quantization }: WeightSpec): void {
  if (typeof name !== "string")
    throw new MasoError("format", `${file}: a weight is called ${JSON.stringify(name) ?? "nothing"}; expected a name`);
  if (!Array.isArray(shape) || !shape.every((extent) => Number.isInteger(extent) && extent >= 0))
    throw new MasoError("format", `${file}: weight ${name} has the shape ${JSON.stringify(shape)}; expected whole numbers`);
  if (sizeOf(shape) >= 2 ** 31)
    throw new MasoError("too-large", `${file}: weight ${name} has ${sizeOf(shape)} elements; at most 2^31 - 1 are supported`);
  if (!Object.hasOwn(TYPES, dtype))
    throw new MasoError(
      "format",
      `${file}: weight ${name} has the type ${String(dtype)}; expected one of ${Object.keys(TYPES).join(", ")}`,
    );
  if (quantization === undefined) return;
  const stored = Object.hasOwn(QUANTIZED, quantization.dtype) ? QUANTIZED[quantization.dtype]! : null;
  if (!stored?.as.includes(dtype))
    throw new MasoError(
      "format",
      `${file}: weight ${name} has the type ${dtype}, quantised as ${String(quantization.dtype)}; expected uint8 or uint16 for float32 and int32, or float16 for float32`,
    );
  if (quantization.dtype !== "float16" && !(Number.isFinite(quantization.scale) && Number.isFinite(quantization.min)))
    throw new MasoError(
      "format",
      `${file}: weight ${name}: quantization: expected numbers scale and min, got ${JSON.stringify(quantization)}`,
    );
}

/** Where the weight that begins at `at` ends. */
function endOf(file: string, { name, shape, dtype, quantization }: WeightSpec, data: ArrayBuffer, at: number): number {
  const bytes = quantization === undefined ? TYPES[dtype]! : QUANTIZED[quantization.dtype]!.bytes;
  const checked = (end: number): number => {
    if (end <= data.byteLength) return end;
    throw new MasoError(
      "format",
      `${file}: the weight files end within ${name}; they need ${end} bytes up to there and have ${data.byteLength}`,
    );
  };
  if (bytes !== null) return checked(at + sizeOf(shape) * bytes);
  let end = at;
  for (let i = 0; i < sizeOf(shape); i++) {
    const start = checked(end + BYTES_OF_LENGTH);
    end = checked(start + new DataView(data).getUint32(end, true));
  }
  return end;
}

function decode(file: string, { name, shape, dtype, quantization }: WeightSpec, bytes: ArrayBuffer): Tensor | null {
  if (dtype === "string" || dtype === "complex64") return null;
  const stored = storedNumbers(quantization?.dtype ?? dtype, bytes);
  const data = new Float64Array(stored);
  if (quantization?.dtype === "float16") for (let i = 0; i < data.length; i++) data[i] = float16(stored[i]!);
  else if (quantization !== undefined) {
    const { scale, min } = quantization as { readonly scale: number; readonly min: number };
    const rounded = dtype === "int32" ? Math.round : Math.fround;
    for (let i = 0; i < data.length; i++) data[i] = rounded(data[i]! * scale + min);
  }
  for (let i = 0; i < data.length; i++)
    if (!Number.isFinite(data[i]))
      throw new MasoError("non-finite", `${file}: weight ${name} has the value ${data[i]} at ${i}; weights need to be finite numbers`);
  return { shape, data };
}

/** As tfjs reads them: in the byte order of the machine, which is little-endian wherever it runs. */
function storedNumbers(type: string, bytes: ArrayBuffer): Numbers {
  if (type === "float32") return new Float32Array(bytes);
  if (type === "int32") return new Int32Array(bytes);
  return type === "uint16" || type === "float16" ? new Uint16Array(bytes) : new Uint8Array(bytes);
}
