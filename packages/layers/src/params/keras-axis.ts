import { MasoError } from "@maso/core";

/** An axis that counts the batch as axis 0 (and may stand in a list), without the batch. Throws "refused" for the batch's and for several. */
export function kerasAxis(axis: unknown): number {
  const list: readonly unknown[] = [axis ?? -1].flat();
  const value = Number(list[0]);
  if (list.length !== 1 || value === 0)
    throw new MasoError("refused", `axis ${JSON.stringify(axis)} is not supported; it needs to be one axis, and not the batch's`);
  return value < 0 ? value : value - 1;
}
