import { type AffineTable, pieceExists, type Units } from "@maso/core";
import type { FunctionClasses } from "./function-classes";

/** The class of one of the values that a node reads, by its place among all of them laid end to end. */
export type ReadClass = (place: number) => number;

/** The class of piece r of unit k. */
export function pieceClass(classes: FunctionClasses, units: Units, k: number, r: number, read: ReadClass): number {
  return units.table === null ? read(placeOf(units, k, r)) : tableClass(classes, units, units.table, k, r, read);
}

/** The class of selector r of unit k. */
export function selectorClass(classes: FunctionClasses, units: Units, k: number, r: number, read: ReadClass): number {
  if (units.selectors !== null) return tableClass(classes, units, units.selectors, k, r, read);
  const value = read(placeOf(units, k, r));
  if (units.selectorSign > 0) return value;
  classes.begin();
  classes.add(value, -1);
  return classes.affine(0);
}

/** The class of the output of unit k. */
export function unitClass(classes: FunctionClasses, units: Units, k: number, read: ReadClass): number {
  const existing = Array.from({ length: units.pieces }, (_, r) => r).filter((r) => pieceExists(units, k, r));
  const pieces = existing.map((r) => pieceClass(classes, units, k, r, read));
  const { table, selectors, selectorSign } = units;
  if (selectors === table) return classes.extreme(selectorSign, pieces);
  return classes.selected(
    existing.map((r) => selectorClass(classes, units, k, r, read)),
    pieces,
  );
}

function tableClass(classes: FunctionClasses, units: Units, table: AffineTable, k: number, r: number, read: ReadClass): number {
  const { rows, pieces, arity, slopes, offsets } = table;
  const row = (k % rows) * pieces + r;
  const start = row * arity;
  for (let i = 0; i < arity; i++) if (slopes[start + i] !== 0) read(placeOf(units, k, i));
  classes.begin();
  for (let i = 0; i < arity; i++) if (slopes[start + i] !== 0) classes.add(read(placeOf(units, k, i)), slopes[start + i]!);
  return classes.affine(offsets[row]!);
}

function placeOf({ reads, arity }: Units, k: number, i: number): number {
  return reads === null ? k : reads[k * arity + i]!;
}
