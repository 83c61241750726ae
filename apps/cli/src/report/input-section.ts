import { nearest } from "@maso/analysis";
import type { Network } from "@maso/core";
import type { ExplainedRow } from "../model/explain-rows";
import { type Output, outputsOf, ranked } from "../model/outputs";
import { namedBars, plot } from "./bars";
import { explanation } from "./explanation";
import { figure, type Html, html, nothing } from "./html";
import { imagePicture, imageShapeOf } from "./picture";
import type { ReportData } from "./report-data";
import type { RowDistances } from "./row-distances";

const MOST_VALUES = 12;
const NEIGHBOURS = 5;

/** Everything about one input. */
export function inputSection({ network, rows, chosen }: ReportData, index: number, distances: RowDistances): Html {
  const row = rows[index]!;
  return html`<article class="input" id="input-${index}" tabindex="-1"><h3>${row.label} <small>${index + 1} of ${rows.length}</small></h3>
<div class="columns"><div>${inputPicture(network, row)}<p class="math small">identity error ${figure(row.identityError)}</p></div>
<div>${outputs(network, row)}</div>${explanation(network, row, chosen)}</div>
${rows.length > 1 ? neighbours(rows, index, distances) : nothing}</article>`;
}

function inputPicture({ inputs, inputNames }: Network, { x, label }: ExplainedRow): Html {
  let offset = 0;
  const figures = inputs.map((shape, i) => {
    const values = x.subarray(offset, offset + shape.reduce((size, extent) => size * extent, 1));
    offset += values.length;
    const image = imageShapeOf(shape);
    const picture = image ? html`<img class="pixels" alt="${label}" src="${imagePicture(values, image)}">` : plot(values, inputNames[i]!);
    return html`<figure>${picture}<figcaption>${inputs.length === 1 ? "input" : inputNames[i]!}</figcaption></figure>`;
  });
  return html`${figures}`;
}

/** The model's outputs one by one: the largest values where there are many, an image as one. */
function outputs(network: Network, row: ExplainedRow): Html {
  const all = outputsOf(network);
  return html`${all.map((output) => html`<h4>${all.length === 1 ? "outputs" : output.name}</h4>${outputValues(output, row)}`)}`;
}

function outputValues(part: Output, row: ExplainedRow): Html {
  const { offset, size, shape, head } = part;
  const { output } = row;
  const image = head === null ? imageShapeOf(shape) : null;
  if (image)
    return html`<figure><img class="pixels" alt="the output ${part.name}" src="${imagePicture(output.subarray(offset, offset + size), image)}"><figcaption>the model's output</figcaption></figure>`;
  const order = ranked(part, row);
  const shown = size <= MOST_VALUES ? Array.from({ length: size }, (_, i) => offset + i) : order.slice(0, MOST_VALUES);
  const best = output[order[0]!];
  return html`${namedBars(shown.map((k) => ({ name: String(k - offset), value: output[k]!, emphasis: size > 1 && output[k] === best })))}${
    shown.length < size ? html`<p class="small">the largest ${MOST_VALUES} of ${size.toLocaleString("en")}</p>` : nothing
  }`;
}

function neighbours(rows: readonly ExplainedRow[], index: number, { layers, total }: RowDistances): Html {
  const line = (name: string, units: number, matrix: Float64Array): Html => {
    const count = rows.length;
    const own = matrix.subarray(index * count, (index + 1) * count);
    const list = nearest(own, count, NEIGHBOURS, (_, column) => column === index)[0]!;
    return html`<tr><th scope="row">${name}<small>${units.toLocaleString("en")} units</small></th>${list.map(
      ({ index: other, distance }) =>
        html`<td><a href="#input-${other}" class="thumb" style="background-image:var(--input-${other})" title="${rows[other]!.label}">${rows[other]!.label}</a><small>${figure(distance)}</small></td>`,
    )}</tr>`;
  };
  return html`<h4>nearest by VQ distance</h4><p class="small">The share of units that use another piece, layer by layer: 0 means the same region.</p>
<div class="scroll"><table class="neighbours"><tbody>${layers.map(({ id, units, matrix }) => line(id, units, matrix))}${line("all layers", total.units, total.matrix)}</tbody></table></div>`;
}
