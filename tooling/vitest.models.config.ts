import { defineConfig } from "vitest/config";
import { tests } from "./presets/vitest.ts";

/** What takes too long for every run: `npm run test:models`. */
export default defineConfig({
  test: {
    ...(await tests()).test,
    include: ["test/models/more-models.ts", "test/models/emotion-partition.ts"],
    testTimeout: 600_000,
    outputFile: { json: "reports/models.json" },
  },
});
