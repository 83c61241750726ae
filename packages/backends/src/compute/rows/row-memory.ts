import { type Workspace, workspace } from "../workspace";
import { Arena } from "./arena";

const PAGE = 2 ** 16;
/** What one call needs, and rows with what is kept of parameters: the system gives pages when they are written to. */
const WORK_PAGES = 1024;
const ROW_PAGES = 1536;

/** Memory that never grows, so that arrays in it stay good. */
export class RowMemory {
  readonly memory = new WebAssembly.Memory({ initial: WORK_PAGES + ROW_PAGES, maximum: WORK_PAGES + ROW_PAGES });
  /** What a call lays out anew. */
  readonly work: Workspace = workspace(this.memory, WORK_PAGES);
  private readonly arena = new Arena(WORK_PAGES * PAGE, (WORK_PAGES + ROW_PAGES) * PAGE);

  /** An array in this memory, or elsewhere where it is full. */
  take(length: number): Float64Array {
    const place = this.arena.take(8 * length);
    return place < 0 ? new Float64Array(length) : new Float64Array(this.memory.buffer, place, length);
  }

  give(values: Float64Array): void {
    if (this.has(values)) this.arena.give(values.byteOffset);
  }

  has({ buffer }: Float64Array): boolean {
    return buffer === this.memory.buffer;
  }

  /** A place that is never given back, in bytes; −1 where the memory is full. */
  keep(bytes: number): number {
    return this.arena.keep(bytes);
  }
}
