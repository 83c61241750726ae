import { defineConfig } from "tsup";

/** The script of the page that `maso partition --html` writes: one file, for browsers. */
export default defineConfig({
  entry: { "partition-page": "src/report/partition-page/browser/main.ts" },
  format: "iife",
  target: "es2022",
  platform: "browser",
  outExtension: () => ({ js: ".js" }),
  minify: true,
  silent: true,
});
