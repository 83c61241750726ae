import { describeFace, number } from "./describe-face";
import { drawInput } from "./draw-input";
import { drawScene, type Look, outlineFace } from "./draw-scene";
import { faceGrid } from "./face-grid";
import type { Scene } from "./scene";
import { panned, type Size, sAt, tAt, type View, wholeView, xOf, yOf, zoomed } from "./view";

/** The canvas and the panel beside it. */
export interface Display {
  readonly canvas: HTMLCanvasElement;
  look: Look;
  /** Shows everything anew after a change of look. */
  refresh(): void;
  reset(): void;
  /** By a factor about a pixel, or the centre. */
  zoom(factor: number, at?: { readonly x: number; readonly y: number }): void;
  pan(right: number, down: number): void;
  /** Shows what lies at a pixel; null: at the centre, under a cross. A pinned face stays. */
  inspect(at: { readonly x: number; readonly y: number } | null): void;
  /** Keeps the inspected face in the panel, or lets it go. */
  pin(): void;
  unpin(): void;
}

const SLICE_MS = 12;

export function createDisplay(scene: Scene, canvas: HTMLCanvasElement): Display {
  const faceAt = faceGrid(scene);
  const panel = document.getElementById("face")!;
  const live = document.getElementById("live")!;
  const place = document.getElementById("place")!;
  const input = document.querySelector<HTMLCanvasElement>("#input")!;
  let size: Size = { width: 1, height: 1 };
  let view: View = wholeView(scene.bounds, size);
  let whole = view;
  let shown: { readonly picture: HTMLCanvasElement; readonly view: View } | null = null;
  let job: { readonly picture: HTMLCanvasElement; readonly view: View; readonly steps: Generator<void> } | null = null;
  let isAtCentre = false;
  let pointer: { readonly x: number; readonly y: number } | null = null;
  let face = -1;
  let pinned: { readonly face: number; readonly s: number; readonly t: number } | null = null;
  let isScheduled = false;

  const display: Display = {
    canvas,
    look: { colour: scene.colour, theme: "light", edges: scene.edges, boundary: scene.boundary },
    refresh() {
      start();
      describe();
    },
    reset() {
      move(whole);
    },
    zoom(factor, at = { x: size.width / 2, y: size.height / 2 }) {
      move(zoomed(view, size, factor, at.x, at.y, whole));
    },
    pan(right, down) {
      move(panned(view, right, down, scene.bounds));
    },
    inspect(at) {
      isAtCentre = at === null;
      pointer = at;
      look();
    },
    pin() {
      const [s, t] = spot();
      pinned = face < 0 ? null : { face, s, t };
      describe();
      if (pinned) announce();
      schedule();
    },
    unpin() {
      pinned = null;
      describe();
      schedule();
    },
  };
  new ResizeObserver(resize).observe(canvas.parentElement!);
  resize();
  return display;

  function resize(): void {
    const isWhole = view === whole;
    size = { width: Math.max(1, canvas.parentElement!.clientWidth), height: Math.max(1, canvas.parentElement!.clientHeight) };
    whole = wholeView(scene.bounds, size);
    const ratio = devicePixelRatio || 1;
    canvas.width = Math.round(size.width * ratio);
    canvas.height = Math.round(size.height * ratio);
    if (isWhole) view = whole;
    start();
  }

  function move(to: View): void {
    view = to;
    start();
    look();
  }

  function start(): void {
    const picture = document.createElement("canvas");
    [picture.width, picture.height] = [canvas.width, canvas.height];
    const context = picture.getContext("2d")!;
    context.scale(canvas.width / size.width, canvas.height / size.height);
    job = { picture, view, steps: drawScene(context, scene, view, size, display.look) };
    schedule();
  }

  function schedule(): void {
    if (isScheduled) return;
    isScheduled = true;
    requestAnimationFrame(() => {
      isScheduled = false;
      work();
      paint();
      if (job) schedule();
    });
  }

  /** Goes on with the picture of the view for a little while. */
  function work(): void {
    for (const end = performance.now() + SLICE_MS; job && performance.now() < end; )
      if (job.steps.next().done) {
        shown = { picture: job.picture, view: job.view };
        job = null;
      }
    document.documentElement.dataset.drawn = String(job === null);
  }

  /** The last whole picture, moved to where the view is now, and the marks over it. */
  function paint(): void {
    const context = canvas.getContext("2d")!;
    const ratio = canvas.width / size.width;
    context.setTransform(ratio, 0, 0, ratio, 0, 0);
    context.clearRect(0, 0, size.width, size.height);
    if (shown) {
      const left = xOf(view, size, sAt(shown.view, size, 0));
      const top = yOf(view, size, tAt(shown.view, size, 0));
      context.drawImage(shown.picture, left, top, (size.width * view.perS) / shown.view.perS, (size.height * view.perT) / shown.view.perT);
    } else if (job) context.drawImage(job.picture, 0, 0, size.width, size.height);
    const marked = pinned?.face ?? face;
    const inks = scene.inks[display.look.theme][display.look.colour];
    if (marked >= 0) {
      context.lineJoin = "round";
      for (const [colour, width] of [[inks.casing, 5] as const, [inks.boundary, 2] as const]) {
        context.strokeStyle = colour;
        context.lineWidth = width;
        outlineFace(context, scene, view, size, marked);
      }
    }
    if (isAtCentre) cross(context, inks.boundary);
  }

  function cross(context: CanvasRenderingContext2D, colour: string): void {
    const [x, y] = [size.width / 2, size.height / 2];
    context.strokeStyle = colour;
    context.lineWidth = 1.5;
    context.beginPath();
    for (const [right, down] of [[1, 0] as const, [0, 1] as const]) {
      context.moveTo(x - 10 * right, y - 10 * down);
      context.lineTo(x + 10 * right, y + 10 * down);
    }
    context.stroke();
  }

  function spot(): readonly [s: number, t: number] {
    const { x, y } = pointer ?? { x: size.width / 2, y: size.height / 2 };
    return [sAt(view, size, x), tAt(view, size, y)];
  }

  /** Finds the face under the pointer or the cross. */
  function look(): void {
    const [s, t] = spot();
    const before = face;
    face = pointer || isAtCentre ? faceAt(s, t) : -1;
    place.textContent = face < 0 ? "" : `s ${number(s)}  t ${number(t)}`;
    describe();
    if (face !== before && isAtCentre && face >= 0) announce();
    schedule();
  }

  function describe(): void {
    const [s, t] = pinned ? [pinned.s, pinned.t] : spot();
    const of = pinned?.face ?? face;
    document.documentElement.dataset.pinned = String(pinned !== null);
    input.hidden = of < 0 || scene.image === null;
    if (of < 0) {
      panel.innerHTML =
        '<p class="small">Point at a region, or move to one with the arrow keys. A click or Enter keeps it here, Escape lets it go.</p>';
      return;
    }
    panel.innerHTML = describeFace(scene, of, s, t, display.look.theme).html;
    drawInput(input, scene, s, t);
  }

  function announce(): void {
    const [s, t] = spot();
    live.textContent = describeFace(scene, pinned?.face ?? face, s, t, display.look.theme).line;
  }
}
