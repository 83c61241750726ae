import { afterAll, expect, it } from "vitest";
import type { ModelCheck } from "../../models/check-model";
import { checkedApart } from "../../models/checked-apart";
import { expectSound, printChecks } from "./checks";

const checks: ModelCheck[] = [];
afterAll(() => printChecks(checks));

it.each(["nsfwjs-mobilenet-v2", "nsfwjs-mobilenet-v2-mid"] as const)(
  "%s at 224 × 224 agrees with tfjs on wasm, and its five templates are its local map, in a minute and 2 GB",
  (name) => {
    const check = checkedApart(name);
    checks.push(check);
    expectSound(check);
    expect(check.checked).toMatchObject({ outputs: 5, templates: { count: 5 } });
    expect(check.seconds).toBeLessThan(60);
    expect(check.peakMb).toBeLessThan(2000);
  },
);
