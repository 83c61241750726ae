/** What pictures of partitions are made of, for those who draw them in another way. */
export { SPLIT } from "./class-pieces";
export { boundaryWidths, edgeWidths, evenWidths } from "./edge-widths";
export { hex, type Rgb } from "./oklch";
export { type Paint, paintFaces } from "./paint-faces";
export { type PictureFrame, pictureFrame } from "./picture-frame";
export { FRAME_SECONDS, LAST_FRAME_SECONDS, sequenceOptions } from "./sequence-svg";
export { lipschitzRange, slopeNorms } from "./slope-norms";
export { type ThemeColours, themeColours } from "./theme-colours";
