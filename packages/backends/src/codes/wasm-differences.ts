import { halved, type Workspace, workspace } from "../compute/workspace";
import { loadModuleSync } from "../wasm/load-module";
import { type CodeRows, type CountDifferences, plainDifferences } from "./plain-differences";
import { rowWords, type Section } from "./sections";
import { wasmModule } from "./wasm-module";

/** The function of the module in assembly/codes; places and lengths in bytes. */
interface Kernels {
  countDifferences(
    counts: number,
    a: number,
    aRows: number,
    b: number,
    bRows: number,
    strip: number,
    bits: number,
    bytes: number,
    words: number,
  ): void;
}

/** Of b, what stays in the first-level cache beside two rows of a. */
const STRIP_BYTES = 2 ** 14;

/**
 * The counts of plainDifferences, 128 bits an instruction. The result is a view of the module's memory, good until the next call. What does not
 * fit into 64 MiB is counted by plainDifferences. Null where the platform has no wasm or no SIMD.
 */
export function wasmDifferences(): CountDifferences | null {
  try {
    const { exports, memory } = loadModuleSync(wasmModule);
    return count(exports as unknown as Kernels, workspace(memory));
  } catch {
    return null;
  }
}

function count({ countDifferences }: Kernels, workspace: Workspace): CountDifferences {
  return (sections, a, b) => {
    const panel = panelOf(sections);
    const [aRows, bRows] = [even(a.rows), even(b.rows)];
    const [aWords, bWords] = [(aRows * panel.row) / 4, (bRows * panel.row) / 4];
    const places = workspace.place({ a: halved(aWords), b: halved(bWords), counts: halved(aRows * bRows) });
    if (places === null) return plainDifferences(sections, a, b);
    copyRows(sections, panel, a, workspace.integersAt(places.a, aWords));
    copyRows(sections, panel, b, workspace.integersAt(places.b, bWords));
    const strip = Math.max(2, 2 * Math.floor(STRIP_BYTES / 2 / panel.row));
    const [bits, bytes, words] = panel.lengths;
    countDifferences(places.counts, places.a, aRows, places.b, bRows, strip, bits, bytes, words);
    const counts = workspace.integersAt(places.counts, a.rows * bRows);
    if (bRows !== b.rows) for (let i = 1; i < a.rows; i++) counts.copyWithin(i * b.rows, i * bRows, i * bRows + b.rows);
    return counts.subarray(0, a.rows * b.rows);
  };
}

const even = (count: number): number => count + (count & 1);

/** A row as the module reads it: first all units of one bit, then those of 8, then those of 32, each padded to 16 bytes. */
interface Panel {
  /** Bytes of each width, and of a row. */
  readonly lengths: readonly [bits: number, bytes: number, words: number];
  readonly row: number;
  /** Words from a row's start at which each section goes. */
  readonly starts: readonly number[];
}

function panelOf(sections: readonly Section[]): Panel {
  const filled = { 1: 0, 8: 0, 32: 0 };
  const within = sections.map(({ bits, words }) => {
    filled[bits] += words;
    return filled[bits] - words;
  });
  // A row of no units is one of zeros.
  const bits = 16 * Math.ceil((sections.length === 0 ? 1 : filled[1]) / 4);
  const bytes = 16 * Math.ceil(filled[8] / 4);
  const words = 16 * Math.ceil(filled[32] / 4);
  const offsets = { 1: 0, 8: bits / 4, 32: (bits + bytes) / 4 };
  return { lengths: [bits, bytes, words], row: bits + bytes + words, starts: within.map((at, s) => offsets[sections[s]!.bits] + at) };
}

/** Padding, and a last row that makes their number even, are 0. */
function copyRows(sections: readonly Section[], { row, starts }: Panel, { rows, words }: CodeRows, into: Int32Array): void {
  const width = rowWords(sections);
  const stride = row / 4;
  if (sections.length === 1 && width === stride) {
    into.set(words);
    into.fill(0, words.length);
    return;
  }
  into.fill(0);
  for (let i = 0, from = 0; i < rows; i++)
    sections.forEach((section, s) => {
      into.set(words.subarray(from, from + section.words), i * stride + starts[s]!);
      from += section.words;
    });
}
