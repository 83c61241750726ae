import type { ColourName, ThemeName } from "../page-data";
import type { Display } from "./display";
import { legend } from "./legend";
import type { Scene } from "./scene";

const ZOOM_STEP = 1.5;
const PAN_STEP = 60;
/** A press that moves less than this is a click. */
const CLICK_PIXELS = 4;
const COLOURS: readonly ColourName[] = ["code", "layer", "lipschitz", "class"];

/** Pointer, keys and buttons. */
export function attachControls(scene: Scene, display: Display): void {
  const root = document.documentElement;
  const radios = Array.from(document.querySelectorAll<HTMLInputElement>("input[name=colour]"));
  const chosen = (): ThemeName =>
    (root.dataset.theme as ThemeName | undefined) ?? (matchMedia("(prefers-color-scheme:dark)").matches ? "dark" : "light");
  const update = (change: Partial<Display["look"]> = {}): void => {
    display.look = { ...display.look, theme: chosen(), ...change };
    document.getElementById("legend")!.innerHTML = legend(scene, display.look.colour, display.look.theme);
    for (const radio of radios) radio.checked = radio.value === display.look.colour;
    display.refresh();
  };
  const switchTheme = (): void => {
    root.dataset.theme = chosen() === "dark" ? "light" : "dark";
    update();
  };
  const on = (id: string, action: () => void): void => document.getElementById(id)!.addEventListener("click", action);
  on("zoom-in", () => display.zoom(ZOOM_STEP));
  on("zoom-out", () => display.zoom(1 / ZOOM_STEP));
  on("reset", () => display.reset());
  on("theme", switchTheme);
  for (const radio of radios) radio.addEventListener("change", () => update({ colour: radio.value as ColourName }));
  for (const name of ["edges", "boundary"] as const) {
    const box = document.querySelector<HTMLInputElement>(`#${name}`)!;
    box.checked = display.look[name];
    box.addEventListener("change", () => update({ [name]: box.checked }));
  }
  matchMedia("(prefers-color-scheme:dark)").addEventListener("change", () => update());
  attachPointer(display);
  attachKeys(display, {
    ...Object.fromEntries(COLOURS.map((colour, i) => [String(i + 1), () => update({ colour })])),
    d: switchTheme,
  });
  update();
}

function attachPointer(display: Display): void {
  const { canvas } = display;
  const pressed = new Map<number, { x: number; y: number }>();
  let moved = 0;
  const at = (event: MouseEvent): { x: number; y: number } => {
    const { left, top } = canvas.getBoundingClientRect();
    return { x: event.clientX - left, y: event.clientY - top };
  };
  canvas.addEventListener(
    "wheel",
    (event) => {
      event.preventDefault();
      const pixels = event.deltaY * (event.deltaMode === WheelEvent.DOM_DELTA_LINE ? 20 : 1);
      display.zoom(Math.exp(-Math.max(-200, Math.min(200, pixels)) * (event.ctrlKey ? 0.01 : 0.002)), at(event));
      display.inspect(at(event));
    },
    { passive: false },
  );
  canvas.addEventListener("pointerdown", (event) => {
    pressed.set(event.pointerId, at(event));
    canvas.setPointerCapture(event.pointerId);
    moved = 0;
  });
  canvas.addEventListener("pointermove", (event) => {
    const [to, from] = [at(event), pressed.get(event.pointerId)];
    if (from) {
      const other = [...pressed].find(([id]) => id !== event.pointerId)?.[1];
      if (other) display.zoom(distance(to, other) / Math.max(1, distance(from, other)), other);
      else display.pan(to.x - from.x, to.y - from.y);
      moved += distance(to, from);
      pressed.set(event.pointerId, to);
    }
    display.inspect(to);
  });
  canvas.addEventListener("pointerup", (event) => {
    pressed.delete(event.pointerId);
    if (moved >= CLICK_PIXELS) return;
    display.unpin();
    display.inspect(at(event));
    display.pin();
  });
  canvas.addEventListener("pointercancel", (event) => void pressed.delete(event.pointerId));
  canvas.addEventListener("pointerleave", () => {
    if (pressed.size === 0 && document.activeElement !== canvas) display.inspect(OUTSIDE);
  });
}

const OUTSIDE = { x: -1e6, y: -1e6 };

const distance = (a: { x: number; y: number }, b: { x: number; y: number }): number => Math.hypot(a.x - b.x, a.y - b.y);

function attachKeys(display: Display, more: Readonly<Record<string, () => void>>): void {
  const move = (right: number, down: number) => (): void => {
    display.pan(right * PAN_STEP, down * PAN_STEP);
    display.inspect(null);
  };
  const moves: Readonly<Record<string, () => void>> = {
    ArrowLeft: move(1, 0),
    ArrowRight: move(-1, 0),
    ArrowUp: move(0, 1),
    ArrowDown: move(0, -1),
    Enter: () => display.pin(),
  };
  const keys: Readonly<Record<string, () => void>> = {
    "+": () => display.zoom(ZOOM_STEP),
    "=": () => display.zoom(ZOOM_STEP),
    "-": () => display.zoom(1 / ZOOM_STEP),
    "0": () => display.reset(),
    Escape: () => display.unpin(),
    ...more,
  };
  addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    const isOnControl = event.target instanceof HTMLInputElement || event.target instanceof HTMLButtonElement;
    const action = keys[event.key] ?? (isOnControl ? undefined : moves[event.key]);
    if (!action) return;
    event.preventDefault();
    action();
  });
  display.canvas.addEventListener("focus", () => {
    if (display.canvas.matches(":focus-visible")) display.inspect(null);
  });
}
