import { figure, type Html, html, raw } from "./html";

const WIDTH = 480;
const HEIGHT = 120;

/** What a plot's axis spans; 0 is always on it. */
export interface Range {
  readonly low: number;
  readonly high: number;
}

/** The range of all values. */
export function rangeOf(values: readonly ArrayLike<number>[]): Range {
  const range = { low: 0, high: 0 };
  for (const list of values)
    for (let i = 0; i < list.length; i++) {
      range.low = Math.min(range.low, list[i]!);
      range.high = Math.max(range.high, list[i]!);
    }
  return range;
}

/** A plot of many signed values, one bar each, and the ends of its axis beside it. */
export function plot(values: ArrayLike<number>, title: string, { low, high }: Range = rangeOf([values])): Html {
  const list = Array.from(values);
  const span = high - low || 1;
  const y = (value: number): number => (HEIGHT * (high - value)) / span;
  const step = WIDTH / list.length;
  const gap = step > 4 ? 1 : 0;
  const bars = list.map((value, i) => {
    const top = Math.min(y(value), y(0));
    return `<rect class="${value < 0 ? "minus" : "plus"}" x="${(i * step).toFixed(2)}" y="${top.toFixed(2)}" width="${Math.max(0.5, step - gap).toFixed(2)}" height="${Math.abs(y(value) - y(0)).toFixed(2)}"/>`;
  });
  return html`<div class="axis"><small><span>${figure(high)}</span><span>${figure(low)}</span></small><svg class="plot" viewBox="0 0 ${WIDTH} ${HEIGHT}" preserveAspectRatio="none" role="img" aria-label="${title}: ${list.length} values on an axis from ${figure(low)} to ${figure(high)}">${raw(bars.join(""))}<line x1="0" x2="${WIDTH}" y1="${y(0).toFixed(2)}" y2="${y(0).toFixed(2)}"/></svg></div>`;
}

export interface Bar {
  readonly name: string;
  readonly value: number;
  readonly emphasis?: boolean;
}

/** Named amounts, one line each, to one scale; signed ones grow from the middle. */
export function namedBars(bars: readonly Bar[], signed = bars.some(({ value }) => value < 0)): Html {
  const scale = bars.reduce((most, { value }) => Math.max(most, Math.abs(value)), 0) || 1;
  const line = ({ name, value, emphasis }: Bar): Html => {
    const width = (Math.abs(value) / scale) * (signed ? 50 : 100);
    const left = signed ? (value < 0 ? 50 - width : 50) : 0;
    return html`<div class="bar${emphasis ? " strong" : ""}"><span>${name}</span><i><b class="${value < 0 ? "minus" : "plus"}" style="left:${left.toFixed(1)}%;width:${width.toFixed(1)}%"></b></i><span class="number">${figure(value)}</span></div>`;
  };
  return html`<div class="bars${signed ? " signed" : ""}">${bars.map(line)}</div>`;
}
