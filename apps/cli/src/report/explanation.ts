import { decompose, imageTiles, type Template, templates } from "@maso/analysis";
import { type Network, outputShape, sizeOf } from "@maso/core";
import type { ExplainedRow } from "../model/explain-rows";
import { type Bar, namedBars, plot } from "./bars";
import { figure, type Html, html, nothing } from "./html";
import { type ImageShape, imageShapeOf, signedPicture, signedScale } from "./picture";

/** Why one input gets its outputs: the templates of some of them, and what each part of the input contributes. */
export function explanation(network: Network, { x, logits }: ExplainedRow, chosen: readonly number[] | undefined): Html {
  const rows = chosen ?? defaultRows(network, logits);
  const maps = templates(network, x, { rows });
  const empty = maps.every(({ weights }) => weights.every((weight) => weight === 0));
  const shown = empty ? templates(network, x, { rows, of: "derivative" }) : maps;
  const scales = scalesOf(network, shown, x);
  return html`${
    empty
      ? html`<p class="note">Every path passes a unit whose pieces have no slope, so the local map is empty: A[x] = 0 and b[x] = f(x). Shown instead are rows of the <strong>derivative</strong>, which do not add up to the output.</p>`
      : nothing
  }${shown.map((template) => templateBlock(network, template, x, scales))}`;
}

/** The winner and the runner-up; one output of one; the centre of an image. */
function defaultRows(network: Network, logits: Float64Array): readonly number[] {
  const shape = outputShape(network);
  if (shape.length === 3 && network.head === undefined)
    return [(Math.floor(shape[0]! / 2) * shape[1]! + Math.floor(shape[1]! / 2)) * shape[2]!];
  return [...logits.keys()].sort((a, b) => logits[b]! - logits[a]! || a - b).slice(0, 2);
}

interface Scales {
  readonly template: number;
  readonly contribution: number;
}

/** One colour scale for all templates of an input, one for all contributions. */
function scalesOf({ inputs }: Network, shown: readonly Template[], x: Float64Array): Scales {
  const image = inputs.length === 1 ? imageShapeOf(inputs[0]!) : null;
  if (!image) return { template: 1, contribution: 1 };
  return {
    template: Math.max(...shown.map(({ weights }) => signedScale(weights, image))),
    contribution: Math.max(...shown.map(({ weights }) => signedScale(product(weights, x), image))),
  };
}

const product = (weights: Float64Array, x: Float64Array): Float64Array => weights.map((weight, i) => weight * x[i]!);

function templateBlock(network: Network, template: Template, x: Float64Array, scales: Scales): Html {
  const { output, value, bias, of } = template;
  const image = network.inputs.length === 1 ? imageShapeOf(network.inputs[0]!) : null;
  const name = sizeOf(outputShape(network)) === 1 ? "the output" : `output ${output}`;
  return html`<div class="template"><h4>${name} <span class="number">${figure(value)}</span></h4>
${image ? imageTemplate(template, x, image, scales) : plainTemplate(template, x)}
${of === "local-map" ? amounts(template, x, image, network) : nothing}
${bias === null ? nothing : html`<p class="math">${figure(value)} = template · x ${bias < 0 ? "−" : "+"} ${figure(Math.abs(bias))}</p>`}</div>`;
}

function imageTemplate({ output, weights, of }: Template, x: Float64Array, image: ImageShape, scales: Scales): Html {
  const what = of === "derivative" ? "row of the derivative" : "template";
  return html`<div class="pictures">
<figure><img class="pixels" alt="${what} of output ${output}" src="${signedPicture(weights, image, scales.template)}"><figcaption>${what}</figcaption></figure>
<figure><img class="pixels" alt="contribution of each pixel to output ${output}" src="${signedPicture(product(weights, x), image, scales.contribution)}"><figcaption>${what} ∘ input</figcaption></figure></div>`;
}

function plainTemplate({ weights, of }: Template, x: Float64Array): Html {
  const what = of === "derivative" ? "row of the derivative" : "template";
  return html`<figure>${plot(weights, what)}<figcaption>${what}</figcaption></figure><figure>${plot(product(weights, x), "contributions")}<figcaption>${what} ∘ input</figcaption></figure>`;
}

const TILES = 3;
const MOST_PARTS = 16;

/** What each part of the input adds to the output: tiles of an image, inputs of several, single values of a few. */
function amounts(template: Template, x: Float64Array, image: ImageShape | null, network: Network): Html {
  const { parts, rest, bias } = decompose(template, x, partsOf(image, x.length, network));
  const bars: Bar[] = parts.map(({ name, sum }) => ({ name, value: sum }));
  if (rest !== 0) bars.push({ name: "the rest", value: rest });
  return namedBars([...bars, { name: "bias", value: bias, emphasis: true }], true);
}

const tileNames = ["top left", "top", "top right", "left", "middle", "right", "bottom left", "bottom", "bottom right"];

function partsOf(
  image: ImageShape | null,
  size: number,
  { inputs, inputNames }: Network,
): { readonly name: string; readonly indices: number[] }[] {
  if (image) return imageTiles(image, TILES, TILES).map(({ indices }, t) => ({ name: tileNames[t]!, indices: [...(indices as number[])] }));
  if (inputs.length > 1) {
    let at = 0;
    return inputs.map((shape, i) => ({ name: inputNames[i]!, indices: Array.from({ length: sizeOf(shape) }, () => at++) }));
  }
  return size <= MOST_PARTS ? Array.from({ length: size }, (_, i) => ({ name: `x[${i}]`, indices: [i] })) : [];
}
