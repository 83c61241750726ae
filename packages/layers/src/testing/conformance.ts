import { assert, property } from "fast-check";
import type { LayerPlugin } from "../define-plugin";
import type { AnyPlugin, Registry } from "../registry";
import { laws } from "./laws";
import { samples } from "./samples";
import { type ConformanceCase, type Subject, subjects, titleOf } from "./subject";

export interface ConformanceOptions {
  /** The `test` of vitest, jest or node:test. */
  readonly test: (name: string, law: () => void) => unknown;
  /** 1 where absent. */
  readonly seed?: number;
  /** Random inputs per law, 10 where absent. */
  readonly runs?: number;
  /** Where a layer made of others finds them; it knows itself alone where absent. */
  readonly layers?: Pick<Registry, "plugins">;
}

/**
 * The laws that every layer keeps, one named test each, for every case as built and with its units made soft or hard.
 * A case that does not build is a test that fails.
 */
export function conformance(plugin: AnyPlugin, cases: readonly ConformanceCase[], options: ConformanceOptions): void {
  for (const given of cases) {
    let built: readonly Subject[];
    try {
      built = subjects(plugin as unknown as LayerPlugin, given, options.layers);
    } catch (error) {
      options.test(`${titleOf(plugin.kind, given)}: builds`, () => {
        throw error;
      });
      continue;
    }
    for (const subject of built) checkLaws(subject, options);
  }
}

function checkLaws(subject: Subject, { test, seed = 1, runs = 10 }: ConformanceOptions): void {
  for (const law of laws)
    if (law.appliesTo(subject))
      test(`${subject.title}: ${law.name}`, () =>
        assert(
          property(samples(subject), (sample) => law.check(subject, sample)),
          { seed, numRuns: runs },
        ));
}
