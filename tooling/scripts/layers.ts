import { writeFileSync } from "node:fs";
import { renderLayers } from "./render-layers";
import { root } from "./workspace";

/** Writes the tables of what is read and what is refused: `npm run layers`. */
writeFileSync(`${root}packages/layers/LAYERS.md`, renderLayers());
