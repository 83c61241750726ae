/** The bytes of words as a code file has them, little-endian: a view where the machine is so too. */
export function bytesOfWords(words: Int32Array): Uint8Array {
  const bytes = new Uint8Array(words.buffer, words.byteOffset, words.byteLength);
  return LITTLE ? bytes : Buffer.from(bytes).swap32();
}

/** The inverse. The bytes begin at a multiple of four of their buffer. */
export function wordsOfBytes(bytes: Uint8Array): Int32Array {
  const own = LITTLE ? bytes : Buffer.from(bytes).swap32();
  return new Int32Array(own.buffer, own.byteOffset, own.byteLength / 4);
}

const LITTLE = new Uint8Array(Uint32Array.of(1).buffer)[0] === 1;
