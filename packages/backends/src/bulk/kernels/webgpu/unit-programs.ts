import type { KernelName, UnitAttributes } from "../kernel";
import { type Bound, codeFunction, unitFunctions } from "./unit-functions";

/** The body of a kernel's main function, from `index`, the place in its result, and the functions that it calls. */
export interface ProgramText {
  readonly functions: string;
  readonly main: string;
}

type UnitKernel = Exclude<KernelName, "MasoSparse">;

/** One program per kernel: the compiler checks that none is missing. */
const programs: { readonly [Name in UnitKernel]: (attributes: UnitAttributes, bound: Bound) => ProgramText } = {
  MasoValues: (attributes, bound) => ({
    functions: `${unitFunctions(attributes, bound)}${WEIGHTS}`,
    main: `
      let k = index % uniforms.count;
      let base = (index / uniforms.count) * uniforms.inputSize;
      let best = selected(base, k);
      let own = etaOf(k);
      if (own < 0.0) {
        result[index] = pieceAt(base, k, best);
      } else {
        let mean = softMean(base, k, own, selectorAt(base, k, best));
        result[index] = mean.y / mean.x;
      }`,
  }),

  MasoCode: (attributes, bound) => ({
    functions: unitFunctions(attributes, bound),
    main: `
      let row = index / uniforms.words;
      let first = (index % uniforms.words) * ${32 / attributes.spec.bits};
      var word = 0u;
      for (var j = 0; j < ${32 / attributes.spec.bits} && first + j < uniforms.count; j++) {
        word |= u32(selected(row * uniforms.inputSize, first + j)) << u32(j * ${attributes.spec.bits % 32});
      }
      result[index] = bitcast<i32>(word);`,
  }),

  MasoApplyCode: (attributes, bound) => ({
    functions: `${unitFunctions(attributes, bound)}${codeFunction(attributes)}`,
    main: `
      let k = index % uniforms.count;
      let row = index / uniforms.count;
      let base = row * uniforms.inputSize;
      let r = pieceOf(row / uniforms.perPoint, k);
      ${
        bound.includes("table")
          ? `var sum = ${attributes.withOffsets ? "tableEntry(k, r, ARITY)" : "0.0"};
      for (var i = 0; i < ARITY; i++) { sum += tableEntry(k, r, i) * valueAt(base, k, i); }
      result[index] = sum;`
          : "result[index] = valueAt(base, k, r);"
      }`,
  }),

  MasoAdjointCode: (attributes, bound) => ({
    functions: `${unitFunctions(attributes, bound)}${codeFunction(attributes)}`,
    main: gathered(
      `let r = pieceOf(row / uniforms.perPoint, k);
        ${bound.includes("table") ? "sum += tableEntry(k, r, i) * v[base + k];" : "if (r == i) { sum += v[base + k]; }"}`,
    ),
  }),

  MasoSlopes: (attributes, bound) => ({
    functions: `${unitFunctions(attributes, bound)}${WEIGHTS}${entryFunctions(attributes, bound)}`,
    main: `
      let i = index % (ARITY + 1);
      let k = (index / (ARITY + 1)) % uniforms.count;
      let base = (index / ((ARITY + 1) * uniforms.count)) * uniforms.inputSize;
      let best = selected(base, k);
      let own = etaOf(k);
      if (own < 0.0) {
        result[index] = ${attributes.derivative ? "select(entryOf(k, best, i), 0.0, i == ARITY)" : "entryOf(k, best, i)"};
        return;
      }
      let largest = selectorAt(base, k, best);
      let mean = softMean(base, k, own, largest);
      var sum = 0.0;
      for (var r = 0; r < PIECES; r++) {
        if (!pieceExists(k, r)) { continue; }
        let weight = exp(own * (selectorAt(base, k, r) - largest)) / mean.x;
        sum += weight * entryOf(k, r, i);
        ${attributes.derivative ? "sum += own * weight * (pieceAt(base, k, r) - mean.y / mean.x) * selectorEntryOf(k, r, i);" : ""}
      }
      result[index] = ${attributes.derivative ? "select(sum, 0.0, i == ARITY)" : "sum"};`,
  }),

  MasoApplySlopes: (attributes, bound) => ({
    functions: unitFunctions(attributes, bound),
    main: `
      let k = index % uniforms.count;
      let row = index / uniforms.count;
      let base = row * uniforms.inputSize;
      let at = ((row / uniforms.perPoint) * uniforms.count + k) * (ARITY + 1);
      var sum = ${attributes.withOffsets ? "slopes[at + ARITY]" : "0.0"};
      for (var i = 0; i < ARITY; i++) { sum += slopes[at + i] * valueAt(base, k, i); }
      result[index] = sum;`,
  }),

  MasoAdjointSlopes: (attributes, bound) => ({
    functions: unitFunctions(attributes, bound),
    main: gathered("sum += slopes[((row / uniforms.perPoint) * uniforms.count + k) * (ARITY + 1) + i] * v[base + k];"),
  }),
};

export function unitProgram(name: UnitKernel, attributes: UnitAttributes, bound: Bound): ProgramText {
  return programs[name](attributes, bound);
}

/** Σ exp(η (s − largest)) and Σ exp(η (s − largest)) z over the pieces that exist. */
const WEIGHTS = `
    fn softMean(base : i32, k : i32, own : f32, largest : f32) -> vec2<f32> {
      var sums = vec2<f32>(0.0, 0.0);
      for (var r = 0; r < PIECES; r++) {
        if (!pieceExists(k, r)) { continue; }
        let weight = exp(own * (selectorAt(base, k, r) - largest));
        sums += vec2<f32>(weight, weight * pieceAt(base, k, r));
      }
      return sums;
    }`;

/** Entry i of piece r and of its selector, the offset where i is the arity, for values too. */
function entryFunctions({ spec: { selectorSign } }: UnitAttributes, bound: Bound): string {
  return `
    fn entryOf(k : i32, r : i32, i : i32) -> f32 { return ${bound.includes("table") ? "tableEntry(k, r, i)" : "select(0.0, 1.0, i == r)"}; }
    fn selectorEntryOf(k : i32, r : i32, i : i32) -> f32 {
      return ${bound.includes("selectors") ? "selectorsEntry(k, r, i)" : `${selectorSign}.0 * entryOf(k, r, i)`};
    }`;
}

/** One value of the input per thread, summed over the units that read it: a GPU scatters no float32 sums. */
function gathered(term: string): string {
  return `
      let j = index % uniforms.inputSize;
      let row = index / uniforms.inputSize;
      let base = row * uniforms.count;
      var sum = 0.0;
      for (var e = rowStart[j]; e < rowStart[j + 1]; e++) {
        let k = indices[e] / ARITY;
        let i = indices[e] % ARITY;
        ${term}
      }
      result[index] = sum;`;
}
