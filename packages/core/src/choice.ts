import type { Rows } from "./shape";

/** One piece index per row and unit. */
export type Choice = Uint8Array | Uint32Array;

export function choiceArray(pieces: number, length: number): Choice {
  return pieces <= 256 ? new Uint8Array(length) : new Uint32Array(length);
}

/** What units select at some inputs. */
export interface Selection {
  /** [rows, units]. */
  readonly values: Rows;
  /** The argmax of the selectors, ties to the lowest index; [rows, units]. */
  readonly choice: Choice;
}
