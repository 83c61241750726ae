import { assert, asyncProperty, property } from "fast-check";
import type { LayerPlugin } from "../define-plugin";
import type { AnyPlugin, Registry } from "../registry";
import type { BulkDevice } from "./bulk-device";
import { laws } from "./laws";
import { bulkLaws } from "./laws/bulk-laws";
import { samples } from "./samples";
import { type ConformanceCase, type Subject, subjects, titleOf } from "./subject";

/** The `test` of vitest, jest or node:test. Its `skip`, where it has one, shows what an absent device leaves out. */
export interface TestFunction {
  (name: string, law: () => void | Promise<void>): unknown;
  readonly skip?: (name: string, law: () => void | Promise<void>) => unknown;
}

export interface ConformanceOptions {
  readonly test: TestFunction;
  /** 1 where absent. */
  readonly seed?: number;
  /** Random inputs per law, 10 where absent. */
  readonly runs?: number;
  /** Where a layer made of others finds them; it knows itself alone where absent. */
  readonly layers?: Pick<Registry, "plugins">;
  /** Devices on which the layer is checked too, against core in float64 and within the rounding of float32. */
  readonly backends?: readonly BulkDevice[];
  /** Checks on the devices alone. */
  readonly backendsOnly?: boolean;
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
    for (const subject of built) {
      if (!options.backendsOnly) checkLaws(subject, options);
      for (const device of options.backends ?? []) checkOn(device, subject, options);
    }
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

function checkOn(device: BulkDevice, subject: Subject, { test, seed = 1, runs = 10 }: ConformanceOptions): void {
  for (const law of bulkLaws) {
    if (!law.appliesTo(subject)) continue;
    const title = `${subject.title}: on ${device.name}, ${law.name}`;
    const check = async (): Promise<void> => {
      const bulk = await device.compile(subject.network);
      try {
        await assert(
          asyncProperty(samples(subject), (sample) => law.check(subject, bulk, sample)),
          { seed, numRuns: runs },
        );
      } finally {
        bulk.dispose();
      }
    };
    if (device.absent === undefined) test(title, check);
    else test.skip?.(`${title} (${device.absent})`, check);
  }
}
