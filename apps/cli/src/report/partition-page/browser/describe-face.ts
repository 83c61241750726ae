import type { ThemeName } from "../page-data";
import type { Scene } from "./scene";

/** The outputs at a point of a face, as far as the page knows the maps. */
export function valuesAt({ maps, mapped }: Scene, face: number, s: number, t: number): readonly number[] {
  return Array.from({ length: mapped }, (_, k) => {
    const at = 3 * (face * mapped + k);
    return maps[at]! * s + maps[at + 1]! * t + maps[at + 2]!;
  });
}

/** The largest output, or the sign of a single one. */
export function classOf({ outputs }: Scene, values: readonly number[]): string {
  if (outputs === 1) return values[0]! > 0 ? "above 0" : "at most 0";
  return String(values.reduce((best, value, k) => (value > values[best]! ? k : best), 0));
}

/** In slice coordinates. */
export function areaOf({ vertices, faceStart, faceVertices }: Scene, face: number): number {
  let twice = 0;
  const [from, to] = [faceStart[face]!, faceStart[face + 1]!];
  const [s0, t0] = [vertices[2 * faceVertices[from]!]!, vertices[2 * faceVertices[from]! + 1]!];
  for (let i = from; i < to; i++) {
    const [a, b] = [2 * faceVertices[i]!, 2 * faceVertices[i + 1 === to ? from : i + 1]!];
    twice += (vertices[a]! - s0) * (vertices[b + 1]! - t0) - (vertices[b]! - s0) * (vertices[a + 1]! - t0);
  }
  return twice / 2;
}

/** By layer: the region after it that a face lies in, and into how many faces that is cut in the end. */
export function nestingOf(
  { layers, regionOf, faces }: Scene,
  face: number,
): readonly { id: string; region: number; of: number; parts: number }[] {
  return layers.map(({ id, regions }, l) => {
    const region = regionOf[l * faces + face]!;
    let parts = 0;
    for (let f = l * faces; f < (l + 1) * faces; f++) if (regionOf[f] === region) parts++;
    return { id, region, of: regions, parts };
  });
}

const MOST_OUTPUTS = 10;

/** What the panel says of a face, as HTML, and in one line. */
export function describeFace(
  scene: Scene,
  face: number,
  s: number,
  t: number,
  theme: ThemeName,
): { readonly html: string; readonly line: string } {
  const values = valuesAt(scene, face, s, t);
  const winner = classOf(scene, values);
  const area = areaOf(scene, face);
  const key = escaped(scene.codeKeys[face]!);
  const order = values.map((_, k) => k).sort((a, b) => values[b]! - values[a]! || a - b);
  const swatch = (k: number): string => {
    const palette = scene.paints.class.palettes[theme];
    const colour = palette[scene.outputs === 1 ? Number(values[0]! > 0) : k];
    return `<i class="swatch" style="background:${colour}"></i>`;
  };
  const rows = order.slice(0, MOST_OUTPUTS).map((k) => {
    const at = 3 * (face * scene.mapped + k);
    const [a, b, c] = [0, 1, 2].map((i) => number(scene.maps[at + i]!));
    return `<tr><th scope="row">${swatch(k)}${k}</th><td>${number(values[k]!)}</td><td>${a}</td><td>${b}</td><td>${c}</td></tr>`;
  });
  const rest = scene.outputs - rows.length;
  const nesting = nestingOf(scene, face).map(
    ({ id, region, of, parts }) =>
      `<tr><th scope="row">${escaped(id)}</th><td>${count(region + 1)} of ${count(of)}</td><td>${parts === 1 ? "itself" : count(parts)}</td></tr>`,
  );
  return {
    line: `Region ${face + 1} of ${scene.faces}, code ${key}, area ${number(area)}, class ${winner}`,
    html: `<dl><dt>code</dt><dd><code>${key}</code></dd><dt>region</dt><dd>${count(face + 1)} of ${count(scene.faces)}</dd><dt>area</dt><dd>${number(area)}</dd><dt>class</dt><dd>${winner}</dd></dl>
<h3>Nesting</h3><table><thead><tr><th>after layer</th><th>region</th><th>cut into</th></tr></thead><tbody>${nesting.join("")}</tbody></table>
<h3>Map on the slice <small>f = A·(s, t) + b</small></h3><table><thead><tr><th>output</th><th>value</th><th>A<sub>s</sub></th><th>A<sub>t</sub></th><th>b</th></tr></thead><tbody>${rows.join("")}</tbody></table>${rest > 0 ? `<p class="small">and ${count(rest)} more outputs${scene.mapped < scene.outputs ? `; this page knows the maps of the first ${count(scene.mapped)}` : ""}</p>` : ""}`,
  };
}

/** Four significant digits with a real minus sign. */
export function number(value: number): string {
  if (value === 0) return "0";
  const size = Math.abs(value);
  const text = size >= 1e-3 && size < 1e6 ? String(Number(value.toPrecision(4))) : value.toExponential(2);
  return text.replace("-", "−");
}

export const count = (value: number): string => value.toLocaleString("en");

const escaped = (text: string): string => text.replace(/[&<>"']/g, (character) => `&#${character.charCodeAt(0)};`);
