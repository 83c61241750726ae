/** A sparse matrix by rows, applied to x, [rows, size · channels]: entry by entry, each standing for `channels` values. */
export function sparse(
  out: Float32Array,
  x: Float32Array,
  rowStart: Int32Array,
  indices: Int32Array,
  entries: Float32Array | null,
  size: number,
  channels: number,
): void {
  const count = rowStart.length - 1;
  out.fill(0);
  for (let at = 0, base = 0; at < out.length; base += size * channels)
    for (let k = 0; k < count; k++, at += channels)
      for (let e = rowStart[k]!; e < rowStart[k + 1]!; e++) {
        const from = base + indices[e]! * channels;
        const entry = entries === null ? 1 : entries[e]!;
        for (let c = 0; c < channels; c++) out[at + c]! += entry * x[from + c]!;
      }
}
