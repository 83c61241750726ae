import { defineConfig, type ViteUserConfig } from "vitest/config";
import { browserTests, type Page } from "./browser-tests.ts";

export interface TestsOptions {
  /** The pages that `*.browser.test.ts` run in; none has to be named where a package has no such tests. */
  readonly pages?: readonly Page[];
  /** What runs in Node before them and provides what they inject, from the package's root. */
  readonly browserSetup?: string;
}

/** How every package is tested, in Node and in Chromium; the JSON report is what the root counts. */
export async function tests({ pages = [], browserSetup: setup }: TestsOptions = {}): Promise<ViteUserConfig> {
  const reports = { reporters: ["default", "json"], outputFile: { json: "reports/vitest.json" } };
  const inNode: InNode = { include: ["test/**/*.test.ts"], pool: "forks", ...timeouts };
  if (pages.length === 0) return defineConfig({ test: { ...inNode, ...reports } });
  const node = { test: { ...inNode, name: "node", exclude: ["**/*.browser.test.ts"] } };
  return defineConfig({ test: { projects: [node, ...(await browserTests({ pages, setup, ...timeouts }))], ...reports } });
}

const timeouts = { testTimeout: 60_000, hookTimeout: 60_000 };

type InNode = Pick<NonNullable<ViteUserConfig["test"]>, "include" | "pool" | "testTimeout" | "hookTimeout">;
