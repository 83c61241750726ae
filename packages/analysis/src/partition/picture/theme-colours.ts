import { oklch, type Rgb } from "./oklch";
import type { FaceColour, Theme } from "./picture-options";

/** The colours of everything but the faces. */
export interface ThemeColours {
  readonly back: Rgb;
  readonly edge: Rgb;
  /** How much of what lies below edges hide. */
  readonly edgeOpacity: number;
  readonly boundary: Rgb;
  /** Around the decision boundary, so that it stands out from any face. */
  readonly casing: Rgb;
}

/** The ramp of Lipschitz constants has warm colours of its own: there the boundary is cool. */
export function themeColours(theme: Theme, colour: FaceColour): ThemeColours {
  const warm = colour === "lipschitz" ? { boundary: oklch(0.9, 0.11, 0.53), casing: oklch(0.18, 0.04, 0.74) } : {};
  return { ...themes[theme], ...warm };
}

const themes: Readonly<Record<Theme, ThemeColours>> = {
  light: {
    back: oklch(0.985, 0.005, 0.25),
    edge: oklch(0.27, 0.03, 0.74),
    edgeOpacity: 0.7,
    boundary: oklch(0.55, 0.22, 0.07),
    casing: oklch(0.99, 0.003, 0.25),
  },
  dark: {
    back: oklch(0.2, 0.01, 0.74),
    edge: oklch(0.94, 0.02, 0.74),
    edgeOpacity: 0.5,
    boundary: oklch(0.82, 0.16, 0.21),
    casing: oklch(0.16, 0.01, 0.74),
  },
};
