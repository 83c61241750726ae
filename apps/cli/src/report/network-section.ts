import { formatShape, type NetworkNode, unitsOf } from "@maso/core";
import { countParameters } from "../model/count-parameters";
import { counted } from "../output/counted";
import { type Html, html, raw } from "./html";
import type { ReportData } from "./report-data";

/** Longer tables start folded. */
const MOST_SHOWN = 16;

/** What the network is: its nodes in a row, affine or quantizer, and a table of them. */
export function networkSection({ network }: ReportData): Html {
  const { nodes } = network;
  return html`<section>
<h2>The network</h2>
<p>Every layer is one of two things: an <em class="affine">affine operator</em> <span class="math">x ↦ Ax + b</span>, or a
<em class="quantizer">quantizer</em> whose units each pick one affine piece. With the pieces picked, the whole network is one affine map.</p>
<div class="strip" aria-hidden="true">${nodes.map(({ op }) => html`<span class="${op.type}" title="${op.kind} ${formatShape(op.output)}">${op.kind}</span>`)}</div>
<details${raw(nodes.length <= MOST_SHOWN ? " open" : "")}><summary>${counted(nodes.length, "layer")}</summary><div class="scroll"><table>
<thead><tr><th>layer</th><th>kind</th><th>output</th><th class="number">units</th><th class="number">pieces</th><th class="number">parameters</th></tr></thead>
<tbody>${nodes.map(nodeRow)}</tbody></table></div></details>
</section>`;
}

function nodeRow(node: NetworkNode): Html {
  const { id, op } = node;
  const { count: units, pieces } = op.type === "quantizer" ? unitsOf(op) : { count: 0, pieces: 0 };
  const shown = (value: number): string => (value === 0 ? "" : value.toLocaleString("en"));
  return html`<tr><td>${id}</td><td><em class="${op.type}">${op.kind}</em></td><td>${formatShape(op.output)}</td><td class="number">${shown(units)}</td><td class="number">${shown(pieces)}</td><td class="number">${shown(countParameters(op))}</td></tr>`;
}
