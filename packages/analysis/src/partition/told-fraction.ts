/** Tells a fraction where it is more than what was told before. */
export function toldFraction(onProgress: ((fraction: number) => void) | undefined): (fraction: number) => void {
  let told = -1;
  return (fraction) => {
    const next = Math.min(1, fraction);
    if (next <= told) return;
    told = next;
    onProgress?.(next);
  };
}
