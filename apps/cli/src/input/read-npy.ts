import { checkShape, MasoError, sizeOf } from "@maso/core";
import { float16, type Tensor } from "@maso/layers";

type Read = (view: DataView, at: number, little: boolean) => number;

/** numpy's dtypes, without the byte order. */
const dtypes: Readonly<Record<string, { readonly bytes: number; readonly read: Read }>> = {
  f2: { bytes: 2, read: (view, at, little) => float16(view.getUint16(at, little)) },
  f4: { bytes: 4, read: (view, at, little) => view.getFloat32(at, little) },
  f8: { bytes: 8, read: (view, at, little) => view.getFloat64(at, little) },
  b1: { bytes: 1, read: (view, at) => view.getUint8(at) },
  u1: { bytes: 1, read: (view, at) => view.getUint8(at) },
  i1: { bytes: 1, read: (view, at) => view.getInt8(at) },
  u2: { bytes: 2, read: (view, at, little) => view.getUint16(at, little) },
  i2: { bytes: 2, read: (view, at, little) => view.getInt16(at, little) },
  u4: { bytes: 4, read: (view, at, little) => view.getUint32(at, little) },
  i4: { bytes: 4, read: (view, at, little) => view.getInt32(at, little) },
  u8: { bytes: 8, read: (view, at, little) => Number(view.getBigUint64(at, little)) },
  i8: { bytes: 8, read: (view, at, little) => Number(view.getBigInt64(at, little)) },
};

export function isNpy(bytes: Uint8Array): boolean {
  return bytes[0] === 0x93 && String.fromCharCode(...bytes.subarray(1, 6)) === "NUMPY";
}

/** How a .npy file holds its numbers. */
export interface NpyLayout {
  readonly shape: readonly number[];
  /** As numpy names it, without the byte order. */
  readonly dtype: string;
  readonly little: boolean;
  /** Fortran order: the first axis runs fastest. */
  readonly isColumnMajor: boolean;
  /** Where the numbers begin. */
  readonly start: number;
  /** Of all numbers. */
  readonly bytes: number;
}

/** An array that numpy saved (format versions 1 to 3, C or Fortran order), row-major. Throws "format", "too-large" or "non-finite". */
export function readNpy(file: string, bytes: Uint8Array): Tensor {
  const layout = npyLayout(file, bytes, bytes.length);
  const { shape, start } = layout;
  checkShape(`${file}: npy`, shape);
  const stored = npyNumbers(file, bytes.subarray(start, start + layout.bytes), layout, 0);
  return { shape, data: layout.isColumnMajor ? rowMajor(stored, shape) : stored };
}

/** What a file of so many bytes says of itself; its first bytes are given. Throws "format". */
export function npyLayout(file: string, first: Uint8Array, length: number): NpyLayout {
  const { header, start } = readHeader(file, first);
  const descr = /'descr'\s*:\s*'([<>|=])([a-z]\d+)'/.exec(header);
  const order = /'fortran_order'\s*:\s*(True|False)/.exec(header);
  const extents = /'shape'\s*:\s*\(([\d\s,L]*)\)/.exec(header);
  const dtype = dtypes[descr?.[2] ?? ""];
  if (!descr || !dtype || !order || !extents)
    throw new MasoError(
      "format",
      `${file}: the npy header ${JSON.stringify(header.trim().slice(0, 80))} needs descr (one of ${Object.keys(dtypes).join(", ")}), fortran_order and shape`,
    );
  const shape = extents[1]!
    .split(",")
    .map((extent) => extent.trim())
    .filter(Boolean)
    .map((extent) => Number.parseInt(extent, 10));
  const bytes = sizeOf(shape) * dtype.bytes;
  if (length - start < bytes)
    throw new MasoError(
      "format",
      `${file}: truncated; shape [${shape.join(", ")}] of ${descr[2]} needs ${bytes} bytes, got ${length - start}`,
    );
  return { shape, dtype: descr[2]!, little: descr[1] !== ">", isColumnMajor: order[1] === "True", start, bytes };
}

/** Numbers as they are stored; the first one is number `first` of the file. Throws "non-finite". */
export function npyNumbers(file: string, bytes: Uint8Array, { dtype, little }: NpyLayout, first: number): Float64Array {
  const { bytes: size, read } = dtypes[dtype]!;
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const numbers = Float64Array.from({ length: bytes.length / size }, (_, i) => read(view, i * size, little));
  const bad = numbers.findIndex((value) => !Number.isFinite(value));
  if (bad >= 0) throw new MasoError("non-finite", `${file}: value ${first + bad} is ${numbers[bad]}; expected finite numbers`);
  return numbers;
}

function readHeader(file: string, bytes: Uint8Array): { readonly header: string; readonly start: number } {
  const version = bytes[6] ?? 0;
  const first = version === 1 ? 10 : 12;
  if (version < 1 || version > 3 || bytes.length < first)
    throw new MasoError("format", `${file}: npy version ${version}; expected 1, 2 or 3 and a header`);
  const view = new DataView(bytes.buffer, bytes.byteOffset);
  const start = first + (version === 1 ? view.getUint16(8, true) : view.getUint32(8, true));
  if (bytes.length < start) throw new MasoError("format", `${file}: truncated; the npy header needs ${start} bytes, got ${bytes.length}`);
  return { header: new TextDecoder().decode(bytes.subarray(first, start)), start };
}

/** From Fortran order, where the first axis runs fastest. */
function rowMajor(stored: Float64Array, shape: readonly number[]): Float64Array {
  const steps = shape.map((_, axis) => sizeOf(shape.slice(0, axis)));
  const index = new Array<number>(shape.length).fill(0);
  return Float64Array.from(stored, () => {
    const value = stored[index.reduce((sum, at, axis) => sum + at * steps[axis]!, 0)]!;
    for (let axis = shape.length - 1; axis >= 0 && ++index[axis]! === shape[axis]; axis--) index[axis] = 0;
    return value;
  });
}
