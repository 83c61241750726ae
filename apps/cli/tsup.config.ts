import { defineConfig } from "tsup";

/** One program: the packages of maso are part of it, everything else it installs. Commands load when they are called. */
export default defineConfig({
  entry: ["src/main.ts", "src/partition-worker.ts"],
  format: "esm",
  target: "es2022",
  platform: "node",
  splitting: true,
  noExternal: [/^@maso\//],
  clean: true,
  silent: true,
});
