import type { KernelInputs, UnitAttributes } from "../kernel";

/** Names of inputs that a program binds, in the order in which they are bound. */
export type Bound = readonly (keyof KernelInputs)[];

/** WGSL for what a unit reads, its pieces and its selectors: uniforms hold what differs between layers of one make. */
export function unitFunctions({ spec }: UnitAttributes, bound: Bound): string {
  const { pieces, arity, anyMissing, selectorSign } = spec;
  const has = (name: keyof KernelInputs): boolean => bound.includes(name);
  return `
    const PIECES = ${pieces};
    const ARITY = ${arity};

    fn placeOf(k : i32, i : i32) -> i32 { return ${has("reads") ? "reads[k * ARITY + i]" : "k"}; }

    fn valueAt(base : i32, k : i32, i : i32) -> f32 {
      let place = placeOf(k, i);
      if (place < 0) { return 0.0; }
      return v[base + place];
    }

    ${has("table") ? affine("table", "tableRows") : ""}
    ${has("selectors") ? affine("selectors", "selectorRows") : ""}

    fn pieceAt(base : i32, k : i32, r : i32) -> f32 { return ${has("table") ? "tableAt(base, k, r)" : "valueAt(base, k, r)"}; }

    fn selectorAt(base : i32, k : i32, r : i32) -> f32 {
      return ${has("selectors") ? "selectorsAt(base, k, r)" : `${selectorSign}.0 * pieceAt(base, k, r)`};
    }

    fn pieceExists(k : i32, r : i32) -> bool {
      ${anyMissing ? missing(has("table"), has("selectors")) : ""}
      return true;
    }

    fn selected(base : i32, k : i32) -> i32 {
      var best = -1;
      var largest = 0.0;
      for (var r = 0; r < PIECES; r++) {
        if (!pieceExists(k, r)) { continue; }
        let score = selectorAt(base, k, r);
        if (best < 0 || score > largest) {
          best = r;
          largest = score;
        }
      }
      return best;
    }

    fn etaOf(k : i32) -> f32 { return ${has("eta") ? "eta[k % uniforms.etaLength]" : "-1.0"}; }
`;
}

/** Entry i of piece r of a planar table, and the piece itself. */
function affine(name: string, rows: string): string {
  return `
    fn ${name}Entry(k : i32, r : i32, i : i32) -> f32 {
      return ${name}[(r * (ARITY + 1) + i) * uniforms.${rows} + k % uniforms.${rows}];
    }
    fn ${name}At(base : i32, k : i32, r : i32) -> f32 {
      var sum = ${name}Entry(k, r, ARITY);
      for (var i = 0; i < ARITY; i++) { sum += ${name}Entry(k, r, i) * valueAt(base, k, i); }
      return sum;
    }`;
}

/** A piece that needs a value that does not exist does not exist. */
function missing(hasTable: boolean, hasSelectors: boolean): string {
  const needs = [hasTable ? "tableEntry(k, r, i) != 0.0" : "i == r", ...(hasSelectors ? ["selectorsEntry(k, r, i) != 0.0"] : [])];
  return `for (var i = 0; i < ARITY; i++) { if (placeOf(k, i) < 0 && (${needs.join(" || ")})) { return false; } }`;
}

/** WGSL for the piece of unit k in the packed code of a point. */
export function codeFunction({ spec: { bits } }: UnitAttributes): string {
  const piece =
    bits === 32
      ? "code[at + k]"
      : bits === 8
        ? "(code[at + (k >> 2u)] >> (u32(k & 3) << 3u)) & 255"
        : "(code[at + (k >> 5u)] >> u32(k & 31)) & 1";
  return `
    fn pieceOf(point : i32, k : i32) -> i32 {
      let at = point * uniforms.words;
      return ${piece};
    }`;
}
