import { inputSize } from "@maso/core";
import { countAllParameters } from "../model/count-parameters";
import { countUnits } from "../model/count-units";
import { worstError } from "../model/explain-rows";
import { figure, type Html, html, nothing, raw } from "./html";
import { inputSection } from "./input-section";
import { networkSection } from "./network-section";
import { imagePicture, imageShapeOf } from "./picture";
import type { ReportData } from "./report-data";
import { rowDistances } from "./row-distances";
import { script } from "./script";
import { style } from "./style";

/** One self-contained HTML file: what the network is, and why each input gets its outputs. */
export function renderReport(data: ReportData): string {
  const distances = rowDistances(data.rows);
  return html`<!doctype html>
<html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width,initial-scale=1"><title>${data.title} · maso</title><style>${raw(style)}${thumbnails(data)}</style></head>
<body class="${isImage(data) ? "" : "plain"}"><main>
<header><h1>${data.title}</h1><p>What this network computes, exactly: at each input it is one affine map, <span class="math">f(x) = A[x]x + b[x]</span>. The rows of A[x] are the templates below.</p>${facts(data)}</header>
${networkSection(data)}
<section><h2>The inputs</h2>${data.rows.length > 1 ? navigation(data) : nothing}${legend}
${data.rows.map((_, index) => inputSection(data, index, distances))}</section>
<footer>Made by maso. Templates: Balestriero and Baraniuk, “Mad Max: Affine Spline Insights into Deep Learning”, arXiv 1805.06576.</footer>
</main><script>${raw(script)}</script></body></html>
`.html;
}

const legend = html`<p class="legend">below 0 <i></i> above 0; templates and contributions of one input share a scale</p>`;

function isImage({ network: { inputs } }: ReportData): boolean {
  return inputs.length === 1 && imageShapeOf(inputs[0]!) !== null;
}

/** One picture per input, used wherever it is shown small. */
function thumbnails(data: ReportData): Html {
  const image = isImage(data) ? imageShapeOf(data.network.inputs[0]!)! : null;
  if (!image) return nothing;
  return raw(`:root{${data.rows.map(({ x }, i) => `--input-${i}:url(${imagePicture(x, image)})`).join(";")}}`);
}

function facts({ network, format, agreement, rows }: ReportData): Html {
  const worst = worstError(rows);
  const list: [string, string][] = [
    [figure(worst), "largest identity error"],
    [String(rows.length), rows.length === 1 ? "input" : "inputs"],
    [inputSize(network).toLocaleString("en"), "values in each"],
    [countUnits(network).toLocaleString("en"), "units"],
    [countAllParameters(network).toLocaleString("en"), "parameters"],
    [format, "format"],
  ];
  if (agreement)
    list.push(
      "error" in agreement
        ? [figure(agreement.error), "off TensorFlow.js, which computes in float32"]
        : ["not compared", `with TensorFlow.js: ${agreement.skipped}`],
    );
  const heads = [network.head ?? null].flat();
  if (heads.some((head) => head !== null)) list.push([heads.map((head) => head ?? "none").join(", "), "head, cut off"]);
  return html`<ul class="facts">${list.map(([value, name]) => html`<li><b>${value}</b><span>${name}</span></li>`)}</ul>`;
}

function navigation({ rows }: ReportData): Html {
  return html`<p class="small keys"><kbd>←</kbd> <kbd>→</kbd> move between inputs, <kbd>d</kbd> switches light and dark</p>
<nav aria-label="inputs">${rows.map(({ label }, i) => html`<a class="thumb" href="#input-${i}" style="background-image:var(--input-${i})" title="${label}">${label}</a>`)}</nav>`;
}
