import type { ColourName, ThemeName } from "../page-data";
import { count, number } from "./describe-face";
import { type Scene, SPLIT } from "./scene";

const MOST_SWATCHES = 20;
const TONES = 3;

/** What the colours say, as HTML. */
export function legend(scene: Scene, colour: ColourName, theme: ThemeName): string {
  const palette = scene.paints[colour].palettes[theme];
  const swatch = (fill: string, name: string): string => `<span><i class="swatch" style="background:${fill}"></i>${name}</span>`;
  if (colour === "code") return "A soft hue for each code; neighbours differ.";
  if (colour === "lipschitz") {
    const [low, high] = scene.lipschitz;
    return `<span>${number(low)}</span><i class="ramp" style="background:linear-gradient(90deg,${palette.join(",")})"></i><span>${number(high)}</span> <span>spectral norm of A</span>`;
  }
  if (colour === "layer")
    return `Not cut again after layer ${scene.layers.map(({ id }, l) => swatch(palette[l * TONES + 1]!, id.replace(/[&<>"']/g, ""))).join(" ")}`;
  const { colours, pieceColours } = scene.paints.class;
  const present = [...new Set([...colours, ...pieceColours])].filter((each) => each !== SPLIT).sort((a, b) => a - b);
  const names = scene.outputs === 1 ? ["at most 0", "above 0"] : [];
  const more = present.length - MOST_SWATCHES;
  return `${present
    .slice(0, MOST_SWATCHES)
    .map((k) => swatch(palette[k]!, names[k] ?? String(k)))
    .join(" ")}${more > 0 ? ` and ${count(more)} more` : ""}`;
}
