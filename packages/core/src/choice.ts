/** One piece index per row and unit. */
export type Choice = Uint8Array | Uint32Array;

export function choiceArray(pieces: number, length: number): Choice {
  return pieces <= 256 ? new Uint8Array(length) : new Uint32Array(length);
}
