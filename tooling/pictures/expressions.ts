import { drawFace, type Expression } from "./draw-face";

/** Three expressions that the emotion classifier names as they are named here. */
export const expressions = {
  happy: { browHeight: 0.03, frown: -0.02, eyes: 0.075, mouthWidth: 0.46, smile: 0.2, mouthOpen: 0.12, teeth: 0.75 },
  angry: { browHeight: -0.06, frown: 0.12, eyes: 0.07, mouthWidth: 0.3, smile: -0.08, mouthOpen: 0.01, teeth: 0 },
  surprised: { browHeight: 0.12, frown: -0.02, eyes: 0.14, mouthWidth: 0.22, smile: 0, mouthOpen: 0.24, teeth: 0 },
} as const satisfies Readonly<Record<string, Expression>>;

/** The classifier's outputs, in order. */
export const EMOTIONS = ["angry", "disgusted", "afraid", "happy", "sad", "surprised", "neutral"] as const;

/** The three faces, happy, angry and surprised, each [64, 64, 1] in [−1, 1]. */
export function threeFaces(): readonly [Float64Array, Float64Array, Float64Array] {
  return [drawFace(expressions.happy, 64, 1), drawFace(expressions.angry, 64, 2), drawFace(expressions.surprised, 64, 3)];
}
