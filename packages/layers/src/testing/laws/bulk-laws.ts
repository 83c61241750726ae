import { derivative, type LocalMap, localMap, mapOfCode, outputShape, type Rows, sizeOf } from "@maso/core";
import type { BulkOnRows } from "../bulk-device";
import { allowed32, entrySlack32, offsetSlack32, selectorSlack32, valueSlack32 } from "../float32-rounding";
import { operations } from "../rounding";
import type { Sample } from "../samples";
import type { Subject } from "../subject";
import { evaluate, type Unit } from "../unit";
import { always, close, holds, isQuantizer, same, unitRows } from "./law";

/** A law that a network in bulk keeps on a device. */
export interface BulkLaw {
  readonly name: string;
  appliesTo(subject: Subject): boolean;
  check(subject: Subject, bulk: BulkOnRows, sample: Sample): Promise<void>;
}

export const bulkLaws: readonly BulkLaw[] = [
  {
    name: "f(x)",
    appliesTo: always,
    async check(subject, bulk, sample) {
      const points = pointsOf(sample);
      const values = await bulk.forward(joined(points));
      const outputs = sizeOf(outputShape(subject.network));
      holds(`f has ${values.length} values`, values.length === points.length * outputs);
      points.forEach((x, row) => {
        const expected = localMap(subject.network, x).values;
        const slack = valueSlack32(subject, x);
        expected.forEach((value, k) => {
          const actual = values[row * outputs + k]!;
          const unit = subject.units[k];
          if (unit?.eta !== Infinity) return close(`f[${k}] at row ${row}`, actual, value, slack[k]!);
          const used = candidates(unit, x).map((piece) => Math.abs(actual - evaluate(piece.value, unit, x)));
          close(`f[${k}] at row ${row}, from a piece that it may use,`, Math.min(...used), 0, slack[k]!);
        });
      });
    },
  },
  {
    name: "codes off the band in which float32 cannot tell selectors apart",
    appliesTo: isQuantizer,
    async check(subject, bulk, sample) {
      const points = pointsOf(sample);
      const [choice, ...others] = await bulk.choices(joined(points));
      holds("one code a quantizer", choice !== undefined && others.length === 0 && choice.length === points.length * subject.units.length);
      points.forEach((x, row) =>
        subject.units.forEach((unit, k) => {
          const piece = choice![row * subject.units.length + k]!;
          const may = candidates(unit, x).map(({ index }) => index);
          holds(`unit ${k} at row ${row} uses piece ${piece}; one of ${may.join(", ")} was expected`, may.includes(piece));
        }),
      );
    },
  },
  {
    name: "J[x] v and J[x]ᵀ u",
    appliesTo: always,
    async check(subject, bulk, sample) {
      const points = pointsOf(sample);
      const [inputs, outputs] = [sample.v.length, sample.u.length];
      const along = [sample.v, sample.x, sample.y, reversed(sample.v)].map(rounded);
      const back = [sample.u, reversed(sample.u), sample.u.map((value) => -value), sample.u].map(rounded);
      const [jv, ju] = [await bulk.jvp(joined(points), joined(along)), await bulk.vjp(joined(points), joined(back))];
      const maps = await mapsOf(subject, bulk, points, true);
      const count = operations(subject);
      along.forEach((v, i) => {
        const { a, slack } = maps[Math.floor(i / 2)]!;
        for (let k = 0; k < outputs; k++) {
          const [value, within] = product(a, slack, v, count, (j) => k * inputs + j);
          close(`(J v)[${k}] at row ${i}`, jv[i * outputs + k]!, value, within);
        }
      });
      back.forEach((u, i) => {
        const { a, slack } = maps[Math.floor(i / 2)]!;
        for (let j = 0; j < inputs; j++) {
          const [value, within] = product(a, slack, u, count + outputs, (k) => k * inputs + j);
          close(`(Jᵀ u)[${j}] at row ${i}`, ju[i * inputs + j]!, value, within);
        }
      });
    },
  },
  {
    name: "the rows of A[x], and b[x]",
    appliesTo: always,
    async check(subject, bulk, sample) {
      const points = pointsOf(sample);
      const [rows, bias] = [await bulk.templates(joined(points)), await bulk.localBias(joined(points))];
      const maps = await mapsOf(subject, bulk, points, false);
      const outputs = sample.u.length;
      holds(`A has ${rows.length} entries`, rows.length === points.length * outputs * sample.v.length);
      points.forEach((x, row) => {
        const { a, slack, offsets } = maps[row]!;
        a.forEach((entry, i) => {
          close(`entry ${i} of A at row ${row}`, rows[row * a.length + i]!, entry, slack[i]!);
        });
        const within = offsetSlack32(subject, x);
        offsets.forEach((value, k) => {
          close(`b[${k}] at row ${row}`, bias[row * outputs + k]!, value, within[k]!);
        });
      });
    },
  },
  {
    name: "a row of a batch is what the row alone gives",
    appliesTo: always,
    async check(subject, bulk, sample) {
      const [x, y] = pointsOf(sample);
      const [batch, alone] = [await bulk.forward(joined([y!, x!, y!])), await bulk.forward(x!)];
      if (subject.hard) same("f", batch.subarray(alone.length, 2 * alone.length), alone);
      const slack = valueSlack32(subject, x!);
      alone.forEach((value, k) => {
        close(`f[${k}]`, batch[alone.length + k]!, value, 2 * slack[k]!);
      });
    },
  },
];

const rounded = (x: Rows): Rows => x.map(Math.fround);
const reversed = (x: Rows): Rows => x.slice().reverse();
const pointsOf = ({ x, y }: Sample): readonly Rows[] => [rounded(x), rounded(y)];
const joined = (rows: readonly Rows[]): Rows => Float64Array.from(rows.flatMap((row) => [...row]));

/** The pieces that float32 cannot tell from the winner. */
function candidates(unit: Unit, x: Rows): Unit["pieces"] {
  const scores = unit.pieces.map(({ selector }) => evaluate(selector, unit, x));
  const least = Math.max(...scores) - selectorSlack32(unit, x);
  return unit.pieces.filter((_, r) => scores[r]! >= least);
}

/** Σ_j a[place(j)]·v[j] in float64, and how far its float32 version may be off where entries are off by their slack. */
function product(a: Rows, slack: Rows, v: Rows, count: number, place: (j: number) => number): readonly [value: number, within: number] {
  let [value, size, within] = [0, 0, 0];
  v.forEach((each, j) => {
    value += a[place(j)]! * each;
    size += Math.abs(a[place(j)]! * each);
    within += slack[place(j)]! * Math.abs(each);
  });
  return [value, within + allowed32(count, size)];
}

interface MapAt {
  /** [outputs, inputs], in float64, of the code that the device found. */
  readonly a: Rows;
  readonly slack: Rows;
  readonly offsets: Rows;
}

/** The maps at the points, of hard units for the codes that the device itself found. */
async function mapsOf(subject: Subject, bulk: BulkOnRows, points: readonly Rows[], ofDerivative: boolean): Promise<readonly MapAt[]> {
  const { network, hard, units } = subject;
  const identity = unitRows(sizeOf(outputShape(network)));
  const [choice] = hard ? await bulk.choices(joined(points)) : [];
  return points.map((x, row) => {
    const own = choice?.slice(row * units.length, (row + 1) * units.length);
    const map: Pick<LocalMap, "adjoint" | "bias"> = own ? mapOfCode(network, 1, [own]) : localMap(network, x);
    const a = ofDerivative && !hard ? derivative(network, x).adjoint(identity) : map.adjoint(identity);
    return { a, slack: entrySlack32(subject, x, a, ofDerivative), offsets: map.bias() };
  });
}
