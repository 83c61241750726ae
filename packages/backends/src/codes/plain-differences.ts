import { rowWords, type Section } from "./sections";

/** Rows of packed codes, [rows, words]. */
export interface CodeRows {
  readonly rows: number;
  readonly words: Int32Array;
}

/** counts[i, j] = the units in which row i of a and row j of b differ, [rows of a, rows of b]. The result may be good until the next call only. */
export type CountDifferences = (sections: readonly Section[], a: CodeRows, b: CodeRows) => Int32Array;

/** The oracle: one pair after the other, one word after the other. */
export const plainDifferences: CountDifferences = (sections, a, b) => {
  const counts = new Int32Array(a.rows * b.rows);
  const width = rowWords(sections);
  for (let i = 0, at = 0; i < a.rows; i++)
    for (let j = 0; j < b.rows; j++, at++) {
      let [x, y] = [i * width, j * width];
      for (const { bits, words } of sections)
        for (const end = x + words; x < end; x++, y++) counts[at]! += differentUnits(a.words[x]! ^ b.words[y]!, bits);
    }
  return counts;
};

/** The units of a word whose bits are not all 0. */
function differentUnits(word: number, bits: Section["bits"]): number {
  if (bits === 32) return word === 0 ? 0 : 1;
  let units = 0;
  for (let rest = word; rest !== 0; rest >>>= bits) if ((rest & (2 ** bits - 1)) !== 0) units++;
  return units;
}
