import type { KernelInputs, KernelName, SparseAttributes, UnitAttributes } from "../kernel";
import type { UnitSpec } from "../unit-spec";
import type { BulkModule } from "./bulk-module";

export type Address = (name: keyof KernelInputs) => number;

/** A call of the module, its quantizer set. */
interface Call {
  readonly module: BulkModule;
  readonly out: number;
  readonly at: Address;
  readonly rows: number;
  readonly points: number;
  readonly attributes: UnitAttributes;
}

/** One call per kernel: the compiler checks that none is missing. */
const calls: { readonly [Name in Exclude<KernelName, "MasoSparse">]: (call: Call) => void } = {
  MasoValues: ({ module, out, at, rows, attributes: { spec } }) => {
    if (shareTable(spec, at)) runShared(module, spec, out, 0, at("v"), rows);
    else if (inFours(spec, at)) module.scalarValues(out, at("v"), rows);
    else if (spec.runs > 0) module.runValues(out, 0, at("v"), rows, at("runStarts"), at("runPlaces"), spec.runs);
    else module.values(out, at("v"), rows);
  },
  MasoCode: ({ module, out, at, rows, attributes: { spec } }) => {
    if (shareTable(spec, at)) runShared(module, spec, 0, out, at("v"), rows);
    else if (inFours(spec, at) && spec.pieces === 2) module.scalarCodeBits(out, at("v"), rows);
    else if (inFours(spec, at) && spec.bits === 8) module.scalarCodeBytes(out, at("v"), rows);
    else if (spec.runs > 0 && spec.bits > 1) module.runValues(0, out, at("v"), rows, at("runStarts"), at("runPlaces"), spec.runs);
    else module.code(out, at("v"), rows);
  },
  MasoApplyCode: ({ module, out, at, points, attributes: { spec, group, withOffsets } }) => {
    if (shareTable(spec, at))
      module[spec.pieces === 2 ? "sharedApplyBits" : "sharedApplyBytes"](out, at("v"), at("code"), points, group, withOffsets);
    else if (inFours(spec, at) && spec.bits === 8) module.scalarApplyBytes(out, at("v"), at("code"), points, group, withOffsets);
    else if (inFours(spec, at) && spec.pieces === 2) module.scalarApplyBits(out, at("v"), at("code"), points, group, withOffsets);
    else module.applyCode(out, at("v"), at("code"), points, group, withOffsets);
  },
  MasoAdjointCode: ({ module, out, at, points, attributes: { group } }) => module.adjointCode(out, at("v"), at("code"), points, group),
  MasoSlopes: ({ module, out, at, rows, attributes: { derivative } }) => module.slopes(out, at("v"), rows, derivative),
  MasoApplySlopes: ({ module, out, at, points, attributes: { group, withOffsets } }) =>
    module.applySlopes(out, at("v"), at("slopes"), points, group, withOffsets),
  MasoAdjointSlopes: ({ module, out, at, points, attributes: { group } }) =>
    module.adjointSlopes(out, at("v"), at("slopes"), points, group),
};

/** Runs a kernel in the module; `at` gives the address of an input, 0 where there is none. */
export function runModule(
  module: BulkModule,
  name: KernelName,
  out: number,
  at: Address,
  rows: number,
  attributes: UnitAttributes | SparseAttributes,
): void {
  if (!("spec" in attributes)) {
    const { size, count, channels } = attributes;
    module.sparse(out, at("v"), at("rowStart"), at("indices"), at("entries"), rows, count, size, channels);
    return;
  }
  setUnits(module, attributes.spec, at);
  calls[name as keyof typeof calls]({ module, out, at, rows, points: rows / attributes.group, attributes });
}

export function setUnits(module: BulkModule, spec: UnitSpec, at: Address): void {
  const { count, pieces, arity, inputSize, anyMissing, tableRows, selectorRows, selectorSign, etaLength, bits, words } = spec;
  module.setUnits(
    at("reads"),
    at("table"),
    at("selectors"),
    at("eta"),
    count,
    pieces,
    arity,
    inputSize,
    anyMissing,
    tableRows,
    selectorRows,
    selectorSign < 0,
    etaLength,
    bits,
    words,
  );
}

/** Hard units that read the value of their own number, in numbers that suit SIMD. */
function inFours({ count, tableRows, selectorRows, etaLength }: UnitSpec, at: Address): boolean {
  const suits = (rows: number): boolean => rows <= 1 || rows % 4 === 0;
  return at("reads") === 0 && tableRows > 0 && etaLength === 0 && count % 4 === 0 && suits(tableRows) && suits(selectorRows);
}

/** Such units with one table of two or three pieces for all. */
export function shareTable(spec: UnitSpec, at: Address): boolean {
  const { tableRows, selectorRows, pieces } = spec;
  return inFours(spec, at) && tableRows === 1 && selectorRows <= 1 && (pieces === 2 || pieces === 3);
}

/** Their values and their code; one of them alone where the other's address is 0. */
export function runShared(module: BulkModule, { pieces }: UnitSpec, out: number, code: number, v: number, rows: number): void {
  if (pieces === 2) module.sharedBits(out, code, v, rows);
  else module.sharedBytes(out, code, v, rows);
}
