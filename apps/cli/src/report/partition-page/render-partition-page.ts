import { readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import type { PictureOptions, SlicePartition } from "@maso/analysis";
import type { Network } from "@maso/core";
import { type Html, html, raw } from "../html";
import { pageStyle } from "./page-style";
import { writePageData } from "./write-page-data";

/** One self-contained HTML file: a partition to look around in. */
export function renderPartitionPage(title: string, network: Network, partition: SlicePartition, options: PictureOptions): string {
  const data = JSON.stringify(writePageData(network, partition, options)).replaceAll("<", "\\u003c");
  const theme = raw(options.theme === "dark" ? ' data-theme="dark"' : "");
  return html`<!doctype html>
<html lang="en"${theme}><head><meta charset="utf-8"><meta name="viewport" content="width=device-width,initial-scale=1"><title>${title} · partition · maso</title><style>${raw(pageStyle)}</style></head>
<body><header><h1>${title}</h1><span class="facts">${facts(partition)}</span>
<div class="tools"><fieldset><legend>Colour regions by</legend>${COLOURS.map(([value, name]) => html`<label><input type="radio" name="colour" value="${value}">${name}</label>`)}</fieldset>
<label class="check"><input type="checkbox" id="edges">edges</label><label class="check"><input type="checkbox" id="boundary">decision boundary</label>
<button type="button" id="theme" aria-label="switch between light and dark" title="light or dark (d)">◐</button></div></header>
<main class="stage"><canvas tabindex="0" role="application" aria-label="The regions of the network on a plane. Arrow keys move, plus and minus zoom, 0 shows all, Enter keeps the region under the cross." aria-describedby="live"></canvas>
<span id="place"></span>
<div class="zoom"><button type="button" id="zoom-in" aria-label="zoom in" title="zoom in (+)">+</button><button type="button" id="zoom-out" aria-label="zoom out" title="zoom out (-)">−</button><button type="button" id="reset" aria-label="show all" title="show all (0)">⤢</button></div></main>
<aside><div id="legend"></div><h2>Region</h2><canvas id="input" role="img" aria-label="the input at this point" hidden></canvas><div id="face"></div>
<p class="small"><kbd>+</kbd> <kbd>−</kbd> or the wheel zoom, arrows or dragging move, <kbd>0</kbd> shows all, <kbd>1</kbd> to <kbd>4</kbd> colour, <kbd>d</kbd> light or dark.</p></aside>
<div id="live" role="status" aria-live="polite"></div>
<script type="application/json" id="data">${raw(data)}</script><script>${raw(pageScript())}</script></body></html>
`.html;
}

const COLOURS = [
  ["code", "code"],
  ["layer", "layer"],
  ["lipschitz", "Lipschitz"],
  ["class", "class"],
] as const;

function facts({ summary }: SlicePartition): Html {
  const { regions, distinctMaps, regionsAfterLayer } = summary;
  const count = (value: number): string => value.toLocaleString("en");
  const growth = regionsAfterLayer.length > 1 ? html` · ${regionsAfterLayer.map(count).join(" → ")} layer by layer` : "";
  return html`${count(regions)} regions · ${count(distinctMaps)} distinct maps${growth}`;
}

/** What runs in the page: browser/main.ts as one script, which stands beside the built program. */
function pageScript(): string {
  return readFileSync(fileURLToPath(new URL("./partition-page.js", import.meta.url)), "utf8").replaceAll("</script", "<\\/script");
}
