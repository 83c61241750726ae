/** The places that begin:end:stride takes of an axis, as Python counts them: negative ones from the end, null for all there is. */
export function slicePlaces(extent: number, begin: number | null, end: number | null, stride: number): readonly number[] {
  const [lowest, highest] = stride > 0 ? [0, extent] : [-1, extent - 1];
  const clamped = (at: number): number => Math.min(Math.max(at < 0 ? at + extent : at, lowest), highest);
  const from = begin === null ? (stride > 0 ? lowest : highest) : clamped(begin);
  const to = end === null ? (stride > 0 ? highest : lowest) : clamped(end);
  return Array.from({ length: Math.max(0, Math.ceil((to - from) / stride)) }, (_, i) => from + i * stride);
}
