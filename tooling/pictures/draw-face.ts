import { random } from "@maso/core";
import { Painter } from "./painter";

/** How a face looks, in units of half the picture. */
export interface Expression {
  /** How far the brows are above where they rest, and how far their inner ends are below their middles. */
  readonly browHeight: number;
  readonly frown: number;
  /** Half the height of an eye. */
  readonly eyes: number;
  /** Half the width of the mouth, how far its corners are above its middle, and half the height of its opening. */
  readonly mouthWidth: number;
  readonly smile: number;
  readonly mouthOpen: number;
  /** The share of the opening that teeth fill, from above. */
  readonly teeth: number;
}

/**
 * A drawn face, [size, size, 1], from −1 (black) to 1 (white), exact in float32. Light falls on it from one side and seeded soft blobs lie
 * over all of it, so that hardly two pixels are equal: constant areas would make units tie.
 */
export function drawFace(expression: Expression, size = 64, seed = 1): Float64Array {
  const { uniform, normal } = random(seed);
  const blobs = Array.from({ length: 6 }, () => ({
    x: 2 * uniform() - 1,
    y: 2 * uniform() - 1,
    spread: 0.4 + uniform(),
    height: 0.06 * normal(),
  }));
  const light = (x: number, y: number): number =>
    blobs.reduce((sum, blob) => sum + blob.height * Math.exp(-((x - blob.x) ** 2 + (y - blob.y) ** 2) / blob.spread ** 2), 0);
  const place = (i: number): number => (2 * (i + 0.5)) / size - 1;
  return Float64Array.from({ length: size * size }, (_, i) => {
    const [x, y] = [place(i % size), place(Math.floor(i / size))];
    const painter = new Painter(x, y, 1.5 / size);
    paintHead(painter);
    paintFeatures(painter, expression.smile, expression.frown);
    paintEyes(painter, expression);
    paintMouth(painter, expression);
    return Math.fround(2 * Math.min(1, Math.max(0, painter.value + light(x, y))) - 1);
  });
}

/** The ground, hair, ears and the bulge of the head. */
function paintHead(painter: Painter): void {
  const { x, y } = painter;
  painter.value = 0.22 + 0.1 * x;
  painter.paint(0.1 + 0.03 * x, painter.inside(0, -0.35, 1, 0.95, x));
  painter.paint(0.5 + 0.1 * x, painter.inside(0.86, 0, 0.12, 0.24));
  const bulge = Math.sqrt(Math.max(0, 1 - (x / 0.92) ** 2 - ((y - 0.05) / 1.12) ** 2));
  painter.paint(0.38 + 0.36 * bulge + 0.1 * x - 0.04 * y, painter.inside(0, 0.05, 0.84, 1.02, x));
}

/** The sockets of the eyes, the nose, the folds of the cheeks and the furrows between the brows. */
function paintFeatures(painter: Painter, smile: number, frown: number): void {
  const { y } = painter;
  painter.glow(0.36, -0.25, 0.26, 0.16, -0.12);
  painter.glow(0.13, 0.05, 0.06, 0.28, -0.07);
  painter.glow(0.12, 0.22, 0.09, 0.05, -0.22);
  painter.glow(0, 0.08, 0.07, 0.2, 0.1);
  const cheer = Math.max(0, smile);
  painter.glow(0.34 + 0.35 * (y - 0.2) + 0.1 * cheer, 0.38, 0.05, 0.16, -0.1 - 0.5 * cheer);
  painter.glow(0.5, 0.2, 0.18, 0.14, 0.3 * cheer);
  painter.glow(0.08, -0.36, 0.04, 0.12, -0.9 * Math.max(0, frown));
}

function paintEyes(painter: Painter, { eyes, browHeight, frown }: Expression): void {
  const { side, y } = painter;
  const eye = painter.inside(0.37, -0.22, 0.19, eyes);
  painter.paint(0.12, eye + 0.025, 0.8);
  painter.paint(0.85, eye);
  painter.paint(0.08, Math.min(eye, painter.inside(0.37, -0.23, 0.09, 0.1)));
  const along = (side - 0.37) / 0.25;
  const brow = -0.44 - browHeight - frown * along + 0.05 * along * along;
  painter.paint(0.1, Math.min(0.05 - Math.abs(y - brow), 0.27 - Math.abs(side - 0.37)), 0.95);
}

/** Lips around an opening whose middle line is a parabola. */
function paintMouth(painter: Painter, { mouthWidth, smile, mouthOpen, teeth }: Expression): void {
  const { x, side, y } = painter;
  const reach = side / mouthWidth;
  const middle = 0.6 + smile * (0.5 - reach * reach);
  const arch = Math.sqrt(Math.max(0, 1 - reach * reach));
  const half = mouthOpen * arch;
  const opening = Math.min(half - Math.abs(y - middle), mouthWidth - side);
  painter.paint(0.33 + 0.06 * x, Math.min(opening + 0.06 * arch, 1.02 * mouthWidth - side), 0.9);
  painter.paint(0.06, opening + 0.015, 0.95);
  if (teeth > 0) painter.paint(0.9, Math.min(opening, middle - half + 2 * half * teeth - y));
}
