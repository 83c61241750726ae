import { encode, facets, forward, isMaso, localMap, type Quantizer, sameCode, soften } from "@maso/core";
import { allowed, operations, selectorSlack, spreadAt, valueSlack } from "../rounding";
import type { Subject } from "../subject";
import { evaluate, type Unit } from "../unit";
import { close, dot, holds, isHard, isQuantizer, type Law, same } from "./law";

/** How much larger the winning selector is than the next; infinite for a single piece. */
export function margin(unit: Unit, x: Float64Array): number {
  const scores = unit.pieces.map(({ selector }) => evaluate(selector, unit, x)).sort((a, b) => b - a);
  return scores.length === 1 ? Infinity : scores[0]! - scores[1]!;
}

/** Away from its ties, the piece that a unit uses. */
function clearWinner(unit: Unit, x: Float64Array): Unit["pieces"][number] | null {
  if (!(margin(unit, x) > selectorSlack(unit, x))) return null;
  return unit.pieces.reduce((best, piece) => (evaluate(piece.selector, unit, x) > evaluate(best.selector, unit, x) ? piece : best));
}

/** The value of a unit by the definition. */
function meanByDefinition(unit: Unit, x: Float64Array): number {
  const scores = unit.pieces.map(({ selector }) => evaluate(selector, unit, x));
  const largest = Math.max(...scores);
  const weights = scores.map((score) => Math.exp(unit.eta * (score - largest)));
  const total = weights.reduce((a, b) => a + b, 0);
  return unit.pieces.reduce((sum, { value }, i) => sum + (weights[i]! / total) * evaluate(value, unit, x), 0);
}

export const quantizerLaws: readonly Law[] = [
  {
    name: "units compute what their pieces and selectors say",
    appliesTo: isQuantizer,
    check(subject, { x }) {
      const values = forward(subject.network, x);
      const slack = valueSlack(subject, x);
      const { choice } = encode(subject.network, x).layers[0]!;
      subject.units.forEach((unit, k) => {
        const winner = clearWinner(unit, x);
        if (winner) holds(`unit ${k} uses piece ${choice[k]}; ${winner.index} was expected`, choice[k] === winner.index);
        if (unit.eta !== Infinity) close(`unit ${k}`, values[k]!, meanByDefinition(unit, x), slack[k]!);
        else if (winner) close(`unit ${k}`, values[k]!, evaluate(winner.value, unit, x), slack[k]!);
      });
    },
  },
  {
    name: "weights are a distribution",
    appliesTo: ({ hard, op }) => op.type === "quantizer" && !hard,
    check({ network, units }, { x }) {
      const { weights, pieces } = encode(network, x).layers[0]!;
      units.forEach((unit, k) => {
        const own = weights!.subarray(k * pieces, (k + 1) * pieces);
        holds(
          `unit ${k} has the negative weight ${Math.min(...own)}`,
          own.every((weight) => weight >= 0),
        );
        close(
          `the weights of unit ${k}`,
          own.reduce((a, b) => a + b, 0),
          1,
          allowed(2 * pieces, 1),
        );
        const existing = new Set(unit.pieces.map(({ index }) => index));
        own.forEach((weight, r) => holds(`unit ${k} gives weight to piece ${r}, which does not exist`, weight === 0 || existing.has(r)));
      });
    },
  },
  {
    name: "β → 1 tends to the hard layer away from ties",
    appliesTo: isHard,
    check(subject, { x }) {
      const hard = forward(subject.network, x);
      const beta = 1 - 2 ** -20;
      const soft = forward(soften(subject.network, beta), x);
      const slack = valueSlack(subject, x);
      subject.units.forEach((unit, k) => {
        const clear = margin(unit, x) - selectorSlack(unit, x);
        if (!(clear > 0)) return;
        const rest = (unit.pieces.length - 1) * Math.exp((-beta / (1 - beta)) * clear) * spreadAt(unit, x);
        close(`unit ${k} at β = ${beta}`, soft[k]!, hard[k]!, 2 * rest + slack[k]! * (2 + unit.pieces.length));
      });
    },
  },
  {
    name: "equal codes give equal maps",
    appliesTo: isHard,
    check({ network }, { x, v }) {
      const y = nearbyOfEqualCode(network, x, v);
      const [here, there] = [localMap(network, x), localMap(network, y)];
      same("A v", there.linear(v), here.linear(v));
      same("b", there.bias(), here.bias());
    },
  },
  {
    name: "x satisfies the facets of its own code",
    appliesTo: isHard,
    check(subject, { x }) {
      for (const { units, normals, offsets, pieces } of facets(subject.network, x))
        offsets.forEach((offset, f) => {
          const unit = subject.units[units[f]!]!;
          const value = dot(normals.subarray(f * x.length, (f + 1) * x.length), x) + offset;
          holds(`facet ${f} (unit ${units[f]}, piece ${pieces[f]}) is at ${value}`, value >= -2 * selectorSlack(unit, x));
        });
    },
  },
  {
    name: "a max-affine spline lies above each of its maps",
    appliesTo: (subject) => subject.hard && subject.units.some((_, k) => isMaso(subject.op as Quantizer, k)),
    check(subject, { x, y }) {
      const values = forward(subject.network, x);
      const [slackAtX, slackAtY] = [valueSlack(subject, x), valueSlack(subject, y)];
      const there = localMap(subject.network, y);
      const [linear, bias] = [there.linear(x), there.bias()];
      subject.units.forEach((_, k) => {
        if (isMaso(subject.op as Quantizer, k))
          holds(
            `unit ${k} gives ${values[k]}, below the map ${linear[k]! + bias[k]!} of another cell`,
            values[k]! >= linear[k]! + bias[k]! - slackAtX[k]! - slackAtY[k]!,
          );
      });
    },
  },
  {
    name: "no jump where two selectors tie",
    appliesTo: ({ hard, continuous }) => hard && continuous,
    check(subject, { x, y }) {
      const at = (t: number): Float64Array => x.map((value, i) => (1 - t) * value + t * y[i]!);
      const choiceAt = (t: number, k: number): number => encode(subject.network, at(t)).layers[0]!.choice[k]!;
      const k = subject.units.findIndex((_, k) => choiceAt(0, k) !== choiceAt(1, k));
      if (k < 0) return;
      let [low, high] = [0, 1];
      const first = choiceAt(0, k);
      for (let middle = 0.5; middle > low && middle < high; middle = (low + high) / 2) {
        if (choiceAt(middle, k) === first) low = middle;
        else high = middle;
      }
      const [before, after] = [at(low), at(high)];
      const step = before.reduce((most, value, i) => Math.max(most, Math.abs(value - after[i]!)), 0);
      close(
        `unit ${k} across a tie`,
        forward(subject.network, after)[k]!,
        forward(subject.network, before)[k]!,
        jumpSlack(subject, k, before, step),
      );
    },
  },
];

/** A point towards v that shares x's code. */
function nearbyOfEqualCode(network: Subject["network"], x: Float64Array, v: Float64Array): Float64Array {
  const code = encode(network, x);
  for (let step = 1; step > 2 ** -60; step /= 4) {
    const y = x.map((value, i) => value + step * v[i]!);
    if (sameCode(code, 0, encode(network, y), 0)) return y;
  }
  return x;
}

/** What rounding allows between two neighbours on either side of a tie: in the pieces, and in where the selectors tie. */
function jumpSlack(subject: Subject, k: number, x: Float64Array, step: number): number {
  const unit = subject.units[k]!;
  const steepest = (of: "value" | "selector"): number =>
    Math.max(...unit.pieces.map((piece) => piece[of].slopes.reduce((sum, slope) => sum + Math.abs(slope), 0)));
  const selectorGap = selectorSlack(unit, x) + steepest("selector") * step;
  const gaps = unit.pieces.flatMap(({ selector }, r) =>
    unit.pieces.slice(r + 1).map((other) => Math.max(...selector.slopes.map((slope, i) => Math.abs(slope - other.selector.slopes[i]!)))),
  );
  const flattest = Math.min(...gaps.filter((gap) => gap > 0));
  return 4 * (valueSlack(subject, x)[k]! + steepest("value") * (step + selectorGap / flattest)) + allowed(operations(subject), step);
}
