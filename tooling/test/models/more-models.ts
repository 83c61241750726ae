import { afterAll, describe, expect, it } from "vitest";
import type { ModelCheck } from "../../models/check-model";
import { checkedApart } from "../../models/checked-apart";
import { expectSound, printChecks } from "./checks";

const checks: ModelCheck[] = [];
afterAll(() => printChecks(checks));

function checked(...words: Parameters<typeof checkedApart>): ModelCheck {
  const check = checkedApart(...words);
  checks.push(check);
  return check;
}

describe("agrees with tfjs on wasm and is its local map", () => {
  it.each([
    "nsfwjs-inception-v3",
    "upscalerjs-default",
    "upscalerjs-esrgan-slim-2x",
    "upscalerjs-esrgan-slim-3x",
    "upscalerjs-esrgan-slim-4x",
    "upscalerjs-esrgan-slim-8x",
    "vladmandic-human-emotion",
  ] as const)("%s", (name) => expectSound(checked(name)));
});

describe("spotify-basic-pitch", () => {
  it("is refused by name and reason, and works with the cut that the refusal proposes", () => {
    const { refused, checked: whole } = checked("spotify-basic-pitch");
    expect(whole).toBeNull();
    expect(refused.length).toBeGreaterThan(0);
    for (const { node, op, reason } of refused) expect([node, op, reason].every((text) => text.length > 0)).toBe(true);
    const cut = refused.flatMap(({ cuts }) => cuts)[0];
    expect(cut).toBeDefined();
    expectSound(checked("spotify-basic-pitch", cut));
  });
});
