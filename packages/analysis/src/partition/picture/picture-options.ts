/** What a face's colour says. */
export type FaceColour = "code" | "layer" | "lipschitz" | "class";

export type Theme = "light" | "dark";

export interface PictureOptions {
  /**
   * "code" (default): soft hues by the code, neighbours always apart. "layer": the layer after which the region is never cut again.
   * "lipschitz": the spectral norm of the map on the slice. "class": the largest output, or the sign of a single one, exactly: a face
   * that the decision boundary crosses is drawn in its parts.
   */
  readonly colour?: FaceColour;
  /** All edges alike, or by layer: the deeper the finer (default). */
  readonly edges?: boolean | "layers";
  /** The decision boundary on top (default). */
  readonly boundary?: boolean;
  readonly theme?: Theme;
  /** In pixels; 1000 where absent. */
  readonly width?: number;
  /** By the window's own proportions where absent. */
  readonly height?: number;
  /** The Lipschitz constants at the ends of the colours, to compare pictures; the partition's own where absent. */
  readonly lipschitzRange?: readonly [low: number, high: number];
}

export const DEFAULT_WIDTH = 1000;
