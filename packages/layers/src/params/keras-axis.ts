/** An axis that counts the batch as axis 0 (and may stand in a list), without the batch. */
export function kerasAxis(axis: unknown): number {
  const value = Number(Array.isArray(axis) ? axis[0] : (axis ?? -1));
  return value < 0 ? value : value - 1;
}
