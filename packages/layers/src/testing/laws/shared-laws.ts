import { derivative, forward, gain, interval, localMap, type Norm, outputShape, sizeOf } from "@maso/core";
import { readNetworkFile } from "../../file/read-network-file";
import { writeNetworkFile } from "../../file/write-network-file";
import { allowed, operations, outputSizes, selectorSlack, spreadAt, valueSlack } from "../rounding";
import type { Sample } from "../samples";
import type { Subject } from "../subject";
import { rateAlong, type Unit } from "../unit";
import { absoluteDot, always, close, dot, holds, type Law, same, unitRows } from "./law";
import { margin } from "./quantizer-laws";

const outputsOf = ({ network }: Subject): number => sizeOf(outputShape(network));
const rowOf = (rows: Float64Array, i: number, size: number): Float64Array => rows.subarray(i * size, (i + 1) * size);
const norms: readonly Norm[] = [1, 2, "inf"];

export const sharedLaws: readonly Law[] = [
  {
    name: "shapes are those it declares",
    appliesTo: always,
    check({ op, network, given }, { x }) {
      holds(`it declares the inputs ${JSON.stringify(op.inputs)}`, JSON.stringify(op.inputs) === JSON.stringify(given.inputs));
      const length = forward(network, x).length;
      holds(`it gives ${length} values; its output ${JSON.stringify(op.output)} has ${sizeOf(op.output)}`, length === sizeOf(op.output));
      if (op.type === "affine") holds(`its bias has ${op.bias.length} values`, sizeOf(op.output) % op.bias.length === 0);
    },
  },
  {
    name: "f(x) = A[x] x + b[x], by its action and by its rows",
    appliesTo: always,
    check(subject, { x }) {
      const outputs = outputsOf(subject);
      const map = localMap(subject.network, x);
      const [values, linear, bias, rows] = [forward(subject.network, x), map.linear(x), map.bias(), map.adjoint(unitRows(outputs))];
      const sizes = outputSizes(subject, x);
      values.forEach((value, k) => {
        const within = allowed(2 * operations(subject), 2 * sizes[k]!);
        close(`(A x + b)[${k}]`, linear[k]! + bias[k]!, value, within);
        close(`row ${k} of A · x + b`, dot(rowOf(rows, k, x.length), x) + bias[k]!, value, within);
      });
    },
  },
  {
    name: "⟨A v, u⟩ = ⟨v, Aᵀ u⟩, of the local map and of the derivative",
    appliesTo: always,
    check(subject, { x, v, u }) {
      for (const map of [localMap(subject.network, x), derivative(subject.network, x)]) {
        const rows = map.adjoint(unitRows(u.length));
        const size = u.reduce((sum, each, k) => sum + Math.abs(each) * absoluteDot(rowOf(rows, k, v.length), v), 0);
        close(
          `⟨A v, u⟩ of the ${map.type}`,
          dot(map.linear(v), u),
          dot(v, map.adjoint(u)),
          allowed(operations(subject) + u.length + v.length, size),
        );
      }
    },
  },
  {
    name: "the derivative is what central differences give",
    appliesTo: always,
    check(subject, sample) {
      const { x, v } = sample;
      const slope = derivative(subject.network, x).linear(v);
      const { h, trusted } = stepFor(subject, sample);
      if (h === 0) return;
      const along = (t: number): Float64Array => x.map((value, i) => value + t * v[i]!);
      const [ahead, behind] = [forward(subject.network, along(h)), forward(subject.network, along(-h))];
      const slack = [h, 0, -h].map((t) => valueSlack(subject, along(t)));
      slope.forEach((value, k) => {
        if (!trusted[k]) return;
        const moved = rounding(subject, k, x, v);
        const within = (slack[0]![k]! + slack[1]![k]! + slack[2]![k]! + moved) / h + curvature(subject.units[k], x, v, h);
        close(`∂f[${k}] along v`, value, (ahead[k]! - behind[k]!) / (2 * h), within);
      });
    },
  },
  {
    name: "gain is not violated by pairs",
    appliesTo: always,
    check(subject, { x, y }) {
      const [fx, fy] = [forward(subject.network, x), forward(subject.network, y)];
      const slack = valueSlack(subject, x).map((value, k) => value + valueSlack(subject, y)[k]!);
      for (const norm of norms) {
        const distance = length(
          fx.map((value, k) => value - fy[k]!),
          norm,
        );
        const bound =
          gain(subject.network, norm).value *
          length(
            x.map((value, i) => value - y[i]!),
            norm,
          );
        if (bound < Infinity)
          holds(`gain in norm ${norm}: ${distance} exceeds ${bound}`, distance <= bound * (1 + 1e-14) + length(slack, norm));
      }
    },
  },
  {
    name: "interval contains samples",
    appliesTo: always,
    check({ network }, { x, y }) {
      const lower = x.map((value, i) => Math.min(value, y[i]!));
      const upper = x.map((value, i) => Math.max(value, y[i]!));
      const box = interval(network, { lower, upper });
      for (const point of [x, y, x.map((value, i) => value + (y[i]! - value) / 4)])
        forward(network, point).forEach((value, k) =>
          holds(`f[${k}] = ${value} is outside [${box.lower[k]}, ${box.upper[k]}]`, value >= box.lower[k]! && value <= box.upper[k]!),
        );
    },
  },
  {
    name: "kind, parameters and shapes rebuild it, after a clone and from a file",
    appliesTo: always,
    check({ network, layers, op }, { x }) {
      const expected = forward(network, x);
      const again = layers.operator(op.kind, structuredClone(op.params), op.inputs);
      const rebuilt = op.type === "quantizer" && again.type === "quantizer" ? { ...again, beta: op.beta } : again;
      same("f of the clone", forward({ ...network, nodes: [{ ...network.nodes[0]!, op: rebuilt }] }, x), expected);
      const file = JSON.parse(JSON.stringify(writeNetworkFile(network, { layers })));
      same("f of the file", forward(readNetworkFile(file, { layers }).network!, x), expected);
    },
  },
  {
    name: "no argument is changed",
    appliesTo: always,
    check({ network, op }, { x, v, u }) {
      const before = [x, v, u].map((array) => array.slice());
      const params = structuredClone(op.params);
      const map = localMap(network, x);
      map.linear(v);
      map.adjoint(u);
      [x, v, u].forEach((array, i) => same("an argument", array, before[i]!));
      holds("its parameters changed", JSON.stringify(op.params) === JSON.stringify(params));
    },
  },
  {
    name: "a row of a batch is what the row alone gives, to the bit",
    appliesTo: always,
    check(subject, { x, y, u }) {
      const { network } = subject;
      const batch = Float64Array.of(...y, ...x, ...y);
      same("f", rowOf(forward(network, batch), 1, outputsOf(subject)), forward(network, x));
      const us = Float64Array.of(...u, ...u, ...u);
      same("Aᵀ u", rowOf(localMap(network, batch).adjoint(us), 1, x.length), localMap(network, x).adjoint(u));
    },
  },
];

function length(v: Float64Array, norm: Norm): number {
  if (norm === "inf") return v.reduce((a, b) => Math.max(a, Math.abs(b)), 0);
  return norm === 1 ? v.reduce((a, b) => a + Math.abs(b), 0) : Math.hypot(...v);
}

/** A step along v that leaves no region, decided by the facets themselves; units on a facet are not trusted. */
function stepFor({ units, hard, op }: Subject, { x, v, u }: Sample): { readonly h: number; readonly trusted: readonly boolean[] } {
  if (op.type === "affine") return { h: 1, trusted: Array.from(u, () => true) };
  if (!hard) {
    const fastest = Math.max(...units.map((unit) => (unit.eta === Infinity ? 0 : unit.eta * spread(selectorRates(unit, v)))));
    return { h: 2 ** -12 / Math.max(fastest, 2 ** -12), trusted: units.map(({ eta }) => eta !== Infinity) };
  }
  const room = units.map((unit) => (margin(unit, x) - selectorSlack(unit, x)) / (2 * spread(selectorRates(unit, v)) || 1));
  const trusted = room.map((each) => each > 0);
  return { h: Math.min(1, ...room.filter((each) => each > 0)) / 2, trusted };
}

const selectorRates = (unit: Unit, v: Float64Array): number[] => unit.pieces.map(({ selector }) => rateAlong(selector, unit, v));
const spread = (values: readonly number[]): number => Math.max(...values) - Math.min(...values);

/** x ± h v is rounded too: what that moves the output. */
function rounding({ op, units }: Subject, k: number, x: Float64Array, v: Float64Array): number {
  const size = x.map((value, i) => Math.abs(value) + Math.abs(v[i]!));
  if (op.type === "affine")
    return allowed(
      2,
      absoluteDot(
        op.row(k).values,
        Float64Array.from(op.row(k).indices, (j) => size[j]!),
      ),
    );
  const unit = units[k]!;
  const moved = (slopes: readonly number[]): number =>
    slopes.reduce((sum, slope, i) => sum + (slope === 0 ? 0 : Math.abs(slope) * size[unit.reads[i]!]!), 0);
  const weights =
    unit.eta === Infinity ? 0 : unit.eta * spreadAt(unit, x) * Math.max(...unit.pieces.map(({ selector }) => moved(selector.slopes)));
  return allowed(4, Math.max(...unit.pieces.map(({ value }) => moved(value.slopes))) + weights);
}

/** What a central difference of step h may be off for a soft unit: h²/6 times its third derivative, ≤ 48 (ηS)² (Z' + ηS Z). */
function curvature(unit: Unit | undefined, x: Float64Array, v: Float64Array, h: number): number {
  if (unit === undefined || unit.eta === Infinity) return 0;
  const rate = unit.eta * spread(selectorRates(unit, v));
  const pieceRates = unit.pieces.map(({ value }) => Math.abs(rateAlong(value, unit, v)));
  return 8 * (h * rate) ** 2 * (Math.max(...pieceRates) + rate * spreadAt(unit, x));
}
