import { oklch, type Rgb } from "./oklch";
import type { Theme } from "./picture-options";

const CODE_HUES = 18;
/** Of a code or layer colour: light, middle and deep. */
export const TONES = 3;

export const CODE_COLOURS = CODE_HUES * TONES;

/** Soft hues in three tones; colour 3h + t has hue h. */
export function codePalette(theme: Theme): readonly Rgb[] {
  return Array.from({ length: CODE_COLOURS }, (_, i) => {
    const [hue, tone] = [Math.floor(i / TONES) / CODE_HUES, i % TONES];
    return theme === "light"
      ? oklch(0.955 - 0.036 * tone, 0.03 + 0.014 * tone, hue)
      : oklch(0.34 + 0.055 * tone, 0.036 + 0.008 * tone, hue);
  });
}

/** Whether two of the code palette's colours are hard to tell apart side by side: the same hue, or the next one in the same tone. */
export function areClose(a: number, b: number): boolean {
  const apart = Math.abs(Math.floor(a / TONES) - Math.floor(b / TONES));
  return apart === 0 || ((apart === 1 || apart === CODE_HUES - 1) && a % TONES === b % TONES);
}

/** A hue for each layer from warm to cool, in three tones; colour 3l + t belongs to layer l. */
export function layerPalette(theme: Theme, layers: number): readonly Rgb[] {
  return Array.from({ length: Math.max(1, layers) * TONES }, (_, i) => {
    const [layer, tone] = [Math.floor(i / TONES), i % TONES];
    const along = layers > 1 ? layer / (layers - 1) : 0;
    const hue = 0.23 + 0.55 * along;
    return theme === "light"
      ? oklch(0.94 - 0.1 * along - 0.025 * tone, 0.05 + 0.035 * along, hue)
      : oklch(0.36 + 0.1 * along + 0.03 * tone, 0.04 + 0.04 * along, hue - 0.04 * (1 - along));
  });
}

export const RAMP_COLOURS = 64;

/** From low to high, in even perceptual steps: paper to ink through sand and rose, or night to light through plum and amber. */
export function rampPalette(theme: Theme): readonly Rgb[] {
  return Array.from({ length: RAMP_COLOURS }, (_, i) => {
    const along = i / (RAMP_COLOURS - 1);
    const chroma = 0.02 + 0.12 * Math.sin(Math.PI * (0.08 + 0.78 * along));
    return theme === "light"
      ? oklch(0.975 - 0.66 * along, chroma, 0.25 - 0.42 * along)
      : oklch(0.19 + 0.74 * along, chroma, 0.82 + 0.42 * along);
  });
}

/** Hues for classes, all of one lightness where they are few; more than a dozen alternate between three. */
export function classPalette(theme: Theme, classes: number): readonly Rgb[] {
  if (classes <= 2)
    return theme === "light" ? [oklch(0.86, 0.06, 0.7), oklch(0.88, 0.08, 0.2)] : [oklch(0.4, 0.07, 0.7), oklch(0.48, 0.08, 0.17)];
  const tones = classes > MOST_ONE_TONE ? TONES : 2;
  const stride = Math.max(1, Math.round(classes * 0.38));
  const step = greatestCommonDivisor(stride, classes) === 1 ? stride : 1;
  return Array.from({ length: classes }, (_, k) => {
    const hue = ((k * step) % classes) / classes + 0.04;
    const tone = ((k * step) % classes) % tones;
    return theme === "light" ? oklch(0.9 - 0.07 * tone, 0.075, hue) : oklch(0.4 + 0.09 * tone, 0.07, hue);
  });
}

const MOST_ONE_TONE = 12;

const greatestCommonDivisor = (a: number, b: number): number => (b === 0 ? a : greatestCommonDivisor(b, a % b));
