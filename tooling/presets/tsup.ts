import { defineConfig } from "tsup";

/** How every package is built: ESM and types from its entry files, named as they stand under src. */
export function library(entries: readonly string[]): ReturnType<typeof defineConfig> {
  return defineConfig({
    entry: Object.fromEntries(entries.map((entry) => [entry, `src/${entry}.ts`])),
    format: "esm",
    target: "es2022",
    dts: true,
    sourcemap: true,
    clean: true,
    silent: true,
  });
}
