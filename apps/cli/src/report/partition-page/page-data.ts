/** What the page is made of, as JSON; arrays are the bytes of typed arrays in base64. */
export interface PageData {
  readonly outputs: number;
  /** Of that many outputs the page knows the maps. */
  readonly mapped: number;
  readonly layers: readonly { readonly id: string; readonly units: number; readonly regions: number }[];
  /** The shape of a point as a picture, if it is one. */
  readonly image: readonly [height: number, width: number, channels: number] | null;
  readonly colour: ColourName;
  readonly edges: boolean;
  readonly boundary: boolean;
  readonly lipschitz: readonly [low: number, high: number];
  /** Of lines in a picture 1000 pixels wide, by layer, the window's sides last: where all is seen, and at most. */
  readonly edgeWidths: readonly number[];
  readonly evenWidths: readonly number[];
  readonly inks: Readonly<Record<ThemeName, Readonly<Record<ColourName, Inks>>>>;
  readonly paints: Readonly<Record<ColourName, PagePaint>>;
  readonly codeKeys: string;
  readonly window: string;
  readonly vertices: string;
  readonly edgeEnds: string;
  readonly edgeLayers: string;
  readonly faceStart: string;
  readonly faceVertices: string;
  /** [layers, faces]. */
  readonly regionOf: string;
  /** float32, [faces, mapped, 3]. */
  readonly maps: string;
  readonly boundarySegments: string;
  /** float32: origin and both axes, [3, inputs]; empty where there is no picture. */
  readonly plane: string;
}

export type ColourName = "code" | "layer" | "lipschitz" | "class";
export type ThemeName = "light" | "dark";

/** Colours of everything but the faces. */
export interface Inks {
  readonly edge: string;
  readonly edgeOpacity: number;
  readonly boundary: string;
  readonly casing: string;
}

/** A colour for each face, or SPLIT where its pieces have colours of their own. */
export interface PagePaint {
  readonly colours: string;
  readonly corners: string;
  readonly start: string;
  readonly pieceColours: string;
  readonly palettes: Readonly<Record<ThemeName, readonly string[]>>;
}
