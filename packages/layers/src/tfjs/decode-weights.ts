import { MasoError, sizeOf } from "@maso/core";
import type { Tensor } from "../params/tensor";
import type { Artifacts, WeightSpec } from "./artifacts";

const BYTES: Readonly<Record<string, number>> = { float32: 4, int32: 4, bool: 1, uint8: 1, uint16: 2, float16: 2 };

/**
 * All weights by name, in float64; quantised ones as tfjs gives them back, in float32. Throws "format" (truncated data, an unknown
 * type), "too-large" or "non-finite", naming the file and the weight.
 */
export function decodeWeights({ name: file, weightSpecs, weightData }: Artifacts): ReadonlyMap<string, Tensor> {
  const weights = new Map<string, Tensor>();
  let at = 0;
  for (const spec of weightSpecs) {
    checkSpec(file, spec);
    const stored = spec.quantization?.dtype ?? spec.dtype;
    const count = sizeOf(spec.shape);
    const end = at + count * BYTES[stored]!;
    if (end > weightData.byteLength)
      throw new MasoError(
        "format",
        `${file}: the weight files end within ${spec.name}; they need ${end} bytes up to there and have ${weightData.byteLength}`,
      );
    const data = decode(spec, stored, new DataView(weightData, at, end - at), count);
    const bad = data.findIndex((value) => !Number.isFinite(value));
    if (bad >= 0)
      throw new MasoError(
        "non-finite",
        `${file}: weight ${spec.name} has the value ${data[bad]} at ${bad}; weights need to be finite numbers`,
      );
    weights.set(spec.name, { shape: spec.shape, data });
    at = end;
  }
  if (at < weightData.byteLength)
    throw new MasoError("format", `${file}: the weight files have ${weightData.byteLength} bytes; the weights that it lists need ${at}`);
  return weights;
}

function checkSpec(file: string, spec: WeightSpec): void {
  const { name, shape, dtype, quantization } = spec;
  if (typeof name !== "string" || !Array.isArray(shape) || !shape.every((extent) => Number.isInteger(extent) && extent >= 0))
    throw new MasoError("format", `${file}: weight ${String(name)} has the shape ${JSON.stringify(shape)}; expected whole numbers`);
  if (sizeOf(shape) >= 2 ** 31)
    throw new MasoError("too-large", `${file}: weight ${name} has ${sizeOf(shape)} elements; at most 2^31 - 1 are supported`);
  for (const type of [dtype, quantization?.dtype])
    if (type !== undefined && !Object.hasOwn(BYTES, type))
      throw new MasoError(
        "format",
        `${file}: weight ${name} has the type ${String(type)}; expected one of ${Object.keys(BYTES).join(", ")}`,
      );
}

function decode({ dtype, quantization }: WeightSpec, stored: string, view: DataView, count: number): Float64Array {
  const read = readers[stored]!;
  const { scale, min } = quantization ?? {};
  const affine = scale !== undefined && min !== undefined;
  return Float64Array.from({ length: count }, (_, i) => {
    const value = read(view, i * BYTES[stored]!);
    if (!affine) return value;
    return dtype === "int32" ? Math.round(value * scale + min) : Math.fround(value * scale + min);
  });
}

const readers: Readonly<Record<string, (view: DataView, at: number) => number>> = {
  float32: (view, at) => view.getFloat32(at, true),
  int32: (view, at) => view.getInt32(at, true),
  bool: (view, at) => view.getUint8(at),
  uint8: (view, at) => view.getUint8(at),
  uint16: (view, at) => view.getUint16(at, true),
  float16: (view, at) => float16(view.getUint16(at, true)),
};

/** IEEE 754 binary16. */
function float16(bits: number): number {
  const sign = bits & 0x8000 ? -1 : 1;
  const exponent = (bits >> 10) & 0x1f;
  const fraction = bits & 0x3ff;
  if (exponent === 0) return sign * fraction * 2 ** -24;
  if (exponent === 0x1f) return fraction === 0 ? sign * Infinity : Number.NaN;
  return sign * (1 + fraction / 1024) * 2 ** (exponent - 15);
}
