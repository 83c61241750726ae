import type { Scene } from "./scene";

/** Where the canvas looks: the point at its centre, and CSS pixels for a unit of s and of t. */
export interface View {
  readonly s: number;
  readonly t: number;
  readonly perS: number;
  readonly perT: number;
}

export interface Size {
  readonly width: number;
  readonly height: number;
}

/** All of the window with a margin, in one scale for both axes unless it is more than four times as long as wide. */
export function wholeView([s0, t0, s1, t1]: Scene["bounds"], { width, height }: Size): View {
  const [spanS, spanT] = [s1 - s0 || 1, t1 - t0 || 1];
  const ratio = Math.min(LONGEST, Math.max(1 / LONGEST, spanT / spanS));
  const across = Math.max(1, Math.min(width - MARGIN, (height - MARGIN) / ratio));
  return { s: (s0 + s1) / 2, t: (t0 + t1) / 2, perS: across / spanS, perT: (across * ratio) / spanT };
}

const LONGEST = 4;
const MARGIN = 32;

export const xOf = (view: View, { width }: Size, s: number): number => width / 2 + (s - view.s) * view.perS;
export const yOf = (view: View, { height }: Size, t: number): number => height / 2 - (t - view.t) * view.perT;
export const sAt = (view: View, { width }: Size, x: number): number => view.s + (x - width / 2) / view.perS;
export const tAt = (view: View, { height }: Size, y: number): number => view.t - (y - height / 2) / view.perT;

/** Larger by a factor; the point at pixel (x, y) stays there. */
export function zoomed(view: View, size: Size, factor: number, x: number, y: number, { perS }: View): View {
  const by = Math.min((perS * DEEPEST) / view.perS, Math.max((perS * WIDEST) / view.perS, factor));
  const [s, t] = [sAt(view, size, x), tAt(view, size, y)];
  return { s: s + (view.s - s) / by, t: t + (view.t - t) / by, perS: view.perS * by, perT: view.perT * by };
}

const DEEPEST = 1e9;
const WIDEST = 0.5;

/** Moved by pixels, but never off the window. */
export function panned(view: View, right: number, down: number, [s0, t0, s1, t1]: Scene["bounds"]): View {
  const within = (value: number, low: number, high: number): number => Math.min(high, Math.max(low, value));
  return { ...view, s: within(view.s - right / view.perS, s0, s1), t: within(view.t + down / view.perT, t0, t1) };
}
