import { decompose, type Template, templates } from "@maso/analysis";
import type { Network } from "@maso/core";
import type { ExplainedRow } from "../model/explain-rows";
import { nameOfValue, type Output, outputsOf, ranked } from "../model/outputs";
import { type Bar, namedBars, plot, type Range, rangeOf } from "./bars";
import { figure, type Html, html, nothing } from "./html";
import { inputParts } from "./input-parts";
import { type ImageShape, imageShapeOf, signedPicture, signedScale } from "./picture";

/** Of so many outputs of a model the winner is explained, where nobody chose. */
const MOST_OUTPUTS = 4;

/** Why one input gets its outputs: the templates of some of them, and what each part of the input contributes. */
export function explanation(network: Network, row: ExplainedRow, chosen: readonly number[] | undefined): Html {
  const { x } = row;
  const outputs = outputsOf(network);
  const rows = chosen ?? defaultRows(outputs, row);
  const shown = templates(network, x, { rows }).map((template) => (isEmpty(template) ? derivativeOf(network, x, template) : template));
  const image = network.inputs.length === 1 ? imageShapeOf(network.inputs[0]!) : null;
  const drawing = { x, image, scales: scalesOf(shown, x, image) };
  const name = (k: number): string => (outputs.length === 1 && outputs[0]!.size === 1 ? "the output" : nameOfValue(outputs, k));
  const heading = (k: number): string => (outputs.length === 1 && outputs[0]!.size > 1 ? `output ${name(k)}` : name(k));
  return html`<div class="templates">${shown.map((template) => templateBlock(network, heading(template.output), template, drawing))}</div>`;
}

/** The winner and the runner-up of one output; the winner of each of several; the centre of an image. */
function defaultRows(outputs: readonly Output[], row: ExplainedRow): readonly number[] {
  return outputs.slice(0, MOST_OUTPUTS).flatMap((output) => {
    const { shape, offset, head } = output;
    if (shape.length === 3 && head === null)
      return [offset + (Math.floor(shape[0]! / 2) * shape[1]! + Math.floor(shape[1]! / 2)) * shape[2]!];
    return ranked(output, row).slice(0, outputs.length === 1 ? 2 : 1);
  });
}

const isEmpty = ({ weights }: Template): boolean => weights.every((weight) => weight === 0);

/** Where the local map says nothing, the derivative may; where it is 0 too, the empty template stays. */
function derivativeOf(network: Network, x: Float64Array, template: Template): Template {
  const [derivative] = templates(network, x, { rows: [template.output], of: "derivative" });
  return isEmpty(derivative!) ? template : derivative!;
}

interface Drawing {
  readonly x: Float64Array;
  readonly image: ImageShape | null;
  readonly scales: Scales;
}

/** One scale for all templates of an input, one for all contributions. */
interface Scales {
  readonly template: number;
  readonly contribution: number;
  readonly templates: Range;
  readonly contributions: Range;
}

function scalesOf(shown: readonly Template[], x: Float64Array, image: ImageShape | null): Scales {
  const all = shown.map(({ weights }) => weights);
  const products = all.map((weights) => product(weights, x));
  const largest = (list: readonly Float64Array[]): number =>
    image ? list.reduce((most, values) => Math.max(most, signedScale(values, image)), 0) : 1;
  return { template: largest(all), contribution: largest(products), templates: rangeOf(all), contributions: rangeOf(products) };
}

const product = (weights: Float64Array, x: Float64Array): Float64Array => weights.map((weight, i) => weight * x[i]!);

function templateBlock(network: Network, name: string, template: Template, drawing: Drawing): Html {
  const { value, bias } = template;
  return html`<div class="template"><h4>${name} <span class="number">${figure(value)}</span></h4>
${remark(template)}
${drawing.image ? imageTemplate(name, template, drawing.image, drawing) : plainTemplate(template, drawing)}
${bias === null ? nothing : amounts(network, template, drawing)}
${bias === null ? nothing : html`<p class="math">${figure(value)} = template · x ${bias < 0 ? "−" : "+"} ${figure(Math.abs(bias))}</p>`}</div>`;
}

function remark(template: Template): Html {
  if (template.of === "derivative")
    return html`<p class="note">This row of the local map is empty: A[x] = 0, and b[x] is the output. Shown instead is the row of the <strong>derivative</strong>, which does not add up to the output.</p>`;
  if (!isEmpty(template)) return nothing;
  return html`<p class="note">This row of the local map is empty, A[x] = 0, and the derivative is 0 too: around this input the output does not change.</p>`;
}

function imageTemplate(name: string, { weights, of }: Template, image: ImageShape, { x, scales }: Drawing): Html {
  const what = of === "derivative" ? "row of the derivative" : "template";
  return html`<div class="pictures">
<figure><img class="pixels" alt="${what} of ${name}" src="${signedPicture(weights, image, scales.template)}"><figcaption>${what}</figcaption></figure>
<figure><img class="pixels" alt="contribution of each pixel to ${name}" src="${signedPicture(product(weights, x), image, scales.contribution)}"><figcaption>${what} ∘ input</figcaption></figure></div>`;
}

function plainTemplate({ weights, of }: Template, { x, scales }: Drawing): Html {
  const what = of === "derivative" ? "row of the derivative" : "template";
  return html`<figure>${plot(weights, what, scales.templates)}<figcaption>${what}</figcaption></figure><figure>${plot(product(weights, x), "contributions", scales.contributions)}<figcaption>${what} ∘ input</figcaption></figure>`;
}

/** What each part of the input adds to the output. */
function amounts(network: Network, template: Template, { x, image }: Drawing): Html {
  const { parts, rest, bias } = decompose(template, x, inputParts(network, image, product(template.weights, x)));
  const bars: Bar[] = parts.map(({ name, sum }) => ({ name, value: sum }));
  if (rest !== 0) bars.push({ name: "the rest", value: rest });
  return namedBars([...bars, { name: "bias", value: bias, emphasis: true }], true);
}
