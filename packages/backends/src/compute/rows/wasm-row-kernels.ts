import { type Compute, plainRowKernels, type RowKernels } from "@maso/core/compute";
import type { Engine } from "../engine";
import type { Kernels } from "../kernels";
import { halved } from "../workspace";
import { addRowProduct } from "./add-row-product";
import { blendRows } from "./blend-rows";
import { cutFaces, type Settle } from "./cut-faces";
import { KeptColumns } from "./kept-columns";
import { KeptPanels } from "./kept-panels";
import { RowMemory } from "./row-memory";

/**
 * Loops over rows in the memory of an instance of their own; what lies elsewhere, or does not fit, is left to plain ones, and so is all where
 * the platform has no such memory.
 */
export async function wasmRowKernels(module: WebAssembly.Module, matmul: Compute["matmul"]): Promise<RowKernels> {
  const memory = rowMemory();
  if (memory === null) return plainRowKernels(matmul);
  let settle: Settle = () => 0;
  const caller = { settle: (v: number, cut: number, face: number) => settle(v, cut, face) };
  const { exports } = await WebAssembly.instantiate(module, { env: { memory: memory.memory }, caller });
  const engine: Engine = { kernels: exports as unknown as Kernels, workspace: memory.work };
  const askFrom = (settler: Settle): void => {
    settle = settler;
  };
  return rowKernels(engine, memory, plainRowKernels(matmul), askFrom);
}

function rowMemory(): RowMemory | null {
  try {
    return new RowMemory();
  } catch (error) {
    if (error instanceof RangeError) return null;
    throw error;
  }
}

function rowKernels(engine: Engine, memory: RowMemory, plain: RowKernels, askFrom: (settle: Settle) => void): RowKernels {
  const { kernels, workspace } = engine;
  const panels = new KeptPanels(engine, memory);
  const kept = new KeptColumns(memory);
  return {
    take: (length) => memory.take(length),
    give: (values) => memory.give(values),

    bend(rows, width, unit, squares) {
      const places = memory.has(rows) ? workspace.place({ squares: squares.length }) : null;
      if (places === null) return plain.bend(rows, width, unit, squares);
      const { slope, offset, bend, kink } = unit;
      kernels.bendRows(rows.byteOffset, width, squares.length, slope, offset, bend, kink, places.squares);
      squares.set(workspace.at(places.squares, squares.length));
    },

    addProduct(rows, at, a, b, n, k) {
      if (at.length === 0) return;
      if (memory.has(rows) && memory.has(a) && addRowProduct(engine, panels, rows, at, a, b, n, k)) return;
      plain.addProduct(rows, at, a, b, n, k);
    },

    blend(rows, width, blends) {
      const table = memory.has(rows) ? kept.places(blends.columns, width, blends.units) : null;
      if (table === null || !blendRows(engine, rows, width, blends, table)) plain.blend(rows, width, blends);
    },

    largest(rows, width, at) {
      const places = memory.has(rows) ? workspace.place({ at: halved(at.length), largest: at.length }) : null;
      if (places === null) return plain.largest(rows, width, at);
      workspace.put(at, places.at);
      kernels.largestOfRows(rows.byteOffset, width, at.length, places.at, places.largest);
      return workspace.at(places.largest, at.length).slice();
    },

    signs(rows, width, doubts, positive, negative) {
      const words = doubts.length * Math.ceil(width / 32);
      const places = memory.has(rows) ? workspace.place({ doubts: doubts.length, positive: halved(words), negative: halved(words) }) : null;
      if (places === null) return plain.signs(rows, width, doubts, positive, negative);
      workspace.put(doubts, places.doubts);
      kernels.signRows(rows.byteOffset, width, doubts.length, places.doubts, places.positive, places.negative);
      positive.set(workspace.integersAt(places.positive, words));
      negative.set(workspace.integersAt(places.negative, words));
    },

    cutFaces: (mesh, cuts) => cutFaces(engine, memory, mesh, cuts, askFrom),
  };
}
