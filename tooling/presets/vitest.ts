import { defineConfig, type ViteUserConfig } from "vitest/config";

/** How every package is tested; the JSON report is what the root counts. */
export function tests(): ViteUserConfig {
  return defineConfig({
    test: {
      include: ["test/**/*.test.ts"],
      pool: "forks",
      testTimeout: 60_000,
      hookTimeout: 60_000,
      reporters: ["default", "json"],
      outputFile: { json: "reports/vitest.json" },
    },
  });
}
