import { fileURLToPath } from "node:url";
import type { TestProjectInlineConfiguration } from "vitest/config";
import { chromiumFlags, chromiumPath } from "./chromium.ts";

/** A page with or without cross-origin isolation: SharedArrayBuffer exists in isolated ones only. */
export type Page = "plain" | "isolated";

declare module "vitest" {
  interface ProvidedContext {
    /** Which page a browser test runs in, for `inject`. */
    page: Page;
  }
}

export interface BrowserTestsOptions {
  readonly pages: readonly Page[];
  /** A globalSetup of vitest, from the package's root: it runs in Node and provides what the tests inject. */
  readonly setup?: string;
  readonly testTimeout: number;
  readonly hookTimeout: number;
}

/**
 * Runs `*.browser.test.ts` in headless Chromium, in each page one after the other. Where there is no Chromium, Node collects them and skips
 * each with that reason.
 */
export async function browserTests({ pages, setup, ...timeouts }: BrowserTestsOptions): Promise<TestProjectInlineConfiguration[]> {
  const executablePath = chromiumPath();
  const shared = { include: ["test/**/*.browser.test.ts"], globalSetup: setup === undefined ? [] : [setup], ...timeouts };
  const setupFiles = [fileURLToPath(new URL("skip-without-chromium.ts", import.meta.url))];
  if (executablePath === null)
    return pages.map((page) => ({ test: { ...shared, name: `${nameOf(page)}: none here`, provide: { page }, setupFiles, pool: "forks" } }));
  const { playwright } = await import("@vitest/browser-playwright");
  const provider = playwright({ launchOptions: { executablePath, args: [...chromiumFlags] } });
  return pages.map((page, index) => ({
    server: page === "isolated" ? { headers: isolation } : {},
    test: {
      ...shared,
      provide: { page },
      sequence: { groupOrder: index + 1 },
      browser: {
        enabled: true,
        headless: true,
        screenshotFailures: false,
        provider,
        instances: [{ browser: "chromium", name: nameOf(page) }],
      },
    },
  }));
}

const nameOf = (page: Page): string => (page === "isolated" ? "chromium, isolated" : "chromium");

const isolation = { "Cross-Origin-Opener-Policy": "same-origin", "Cross-Origin-Embedder-Policy": "require-corp" };
