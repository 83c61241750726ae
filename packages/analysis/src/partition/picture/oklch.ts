/** sRGB, each from 0 to 255. */
export type Rgb = readonly [red: number, green: number, blue: number];

/**
 * The colour with a lightness in [0, 1], a chroma and a hue in turns, all perceptual (Ottosson, "A perceptual color space for image
 * processing", 2020): equal steps look equal. Chroma that sRGB does not hold is cut.
 */
export function oklch(lightness: number, chroma: number, hue: number): Rgb {
  let held = 0;
  for (let step = chroma; step > chroma / FINEST; step /= 2)
    if (fits(lightness, Math.min(chroma, held + step), hue)) held = Math.min(chroma, held + step);
  const [red, green, blue] = linearOf(lightness, held, hue).map(byteOf);
  return [red!, green!, blue!];
}

const FINEST = 1024;

const fits = (lightness: number, chroma: number, hue: number): boolean =>
  linearOf(lightness, chroma, hue).every((value) => value >= 0 && value <= 1);

function linearOf(lightness: number, chroma: number, hue: number): readonly number[] {
  const a = chroma * Math.cos(2 * Math.PI * hue);
  const b = chroma * Math.sin(2 * Math.PI * hue);
  const l = (lightness + 0.3963377774 * a + 0.2158037573 * b) ** 3;
  const m = (lightness - 0.1055613458 * a - 0.0638541728 * b) ** 3;
  const s = (lightness - 0.0894841775 * a - 1.291485548 * b) ** 3;
  return [
    4.0767416621 * l - 3.3077115913 * m + 0.2309699292 * s,
    -1.2684380046 * l + 2.6097574011 * m - 0.3413193965 * s,
    -0.0041960863 * l - 0.7034186147 * m + 1.707614701 * s,
  ];
}

function byteOf(linear: number): number {
  const clear = Math.min(1, Math.max(0, linear));
  return Math.round(255 * (clear <= 0.0031308 ? 12.92 * clear : 1.055 * clear ** (1 / 2.4) - 0.055));
}

export const hex = (colour: Rgb): string => `#${colour.map((value) => value.toString(16).padStart(2, "0")).join("")}`;
