const PAGE = 2 ** 16;

/** 64 MiB. */
export const MOST_PAGES = 1024;

/** The module's memory, which every call lays out anew: nothing that a call left there is read by another. */
export interface Workspace {
  /** Places in bytes, multiples of 16, for arrays of so many values of eight bytes; null where they do not fit. */
  place<K extends string>(lengths: Readonly<Record<K, number>>): Readonly<Record<K, number>> | null;
  /** Copies values to a place. */
  put(values: Float64Array | Float32Array | Int32Array, place: number): void;
  /** The values at a place: a view that is good until the next call of `place`. */
  at(place: number, length: number): Float64Array;
  singlesAt(place: number, length: number): Float32Array;
  integersAt(place: number, length: number): Int32Array;
  bytesAt(place: number, length: number): Uint8Array;
}

/** How many values of eight bytes hold so many of four. */
export const halved = (values: number): number => Math.ceil(values / 2);

/** The first pages of a memory, which grows to no more than those. */
export function workspace(memory: WebAssembly.Memory, mostPages = MOST_PAGES): Workspace {
  let floats = new Float64Array(memory.buffer);
  let singles = new Float32Array(memory.buffer);
  let integers = new Int32Array(memory.buffer);
  const grow = (bytes: number): boolean => {
    if (bytes > mostPages * PAGE) return false;
    const missing = Math.ceil((bytes - memory.buffer.byteLength) / PAGE);
    if (missing <= 0) return true;
    try {
      memory.grow(missing);
    } catch {
      return false;
    }
    floats = new Float64Array(memory.buffer);
    singles = new Float32Array(memory.buffer);
    integers = new Int32Array(memory.buffer);
    return true;
  };
  return {
    place: <K extends string>(lengths: Readonly<Record<K, number>>) => {
      const places = {} as Record<K, number>;
      let end = 0;
      for (const name in lengths) {
        places[name] = end;
        end += Math.ceil(lengths[name] / 2) * 16;
      }
      return grow(end) ? places : null;
    },
    put: (values, place) => {
      if (values instanceof Float64Array) floats.set(values, place / 8);
      else if (values instanceof Float32Array) singles.set(values, place / 4);
      else integers.set(values, place / 4);
    },
    at: (place, length) => floats.subarray(place / 8, place / 8 + length),
    singlesAt: (place, length) => singles.subarray(place / 4, place / 4 + length),
    integersAt: (place, length) => integers.subarray(place / 4, place / 4 + length),
    bytesAt: (place, length) => new Uint8Array(memory.buffer, place, length),
  };
}
