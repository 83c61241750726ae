import type { TfjsValue } from "../tfjs-node";

/** Kinds that a gate goes through on its way from the value that it opens and shuts. */
const GATE_KINDS = new Set(["clip", "scale-shift", "relu", "identity"]);

/** Why the product of two branches is no affine spline, in the words of what it is meant to be. */
export function productReason(a: TfjsValue, b: TfjsValue): string {
  if (a.source === b.source) return "it squares its input, which is quadratic, not affine";
  if (isClipOf(a, b) || isClipOf(b, a)) return "x·relu6(x + 3) (a hard swish) is piecewise quadratic, not affine";
  const gate = [a, b].find(({ madeBy }) => madeBy?.kind === "sigmoid" || madeBy?.kind === "clip");
  if (gate) return `it multiplies a branch by a gate (the result of a ${gate.madeBy!.kind}), which is not piecewise affine`;
  return "it multiplies two branches, which is piecewise quadratic, not affine";
}

/** Whether the gate is the value, moved, scaled and clipped. */
function isClipOf(gate: TfjsValue, value: TfjsValue): boolean {
  let clips = false;
  for (let at: TfjsValue | undefined = gate; at && at.source !== value.source; at = at.madeBy?.inputs[0]) {
    if (!at.madeBy || !GATE_KINDS.has(at.madeBy.kind)) return false;
    clips ||= at.madeBy.kind === "clip";
  }
  return clips;
}
