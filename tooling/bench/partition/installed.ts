import { spawnSync } from "node:child_process";
import { cpSync, mkdirSync, readFileSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import ts from "typescript";

const packages = ["core", "layers", "backends", "analysis"] as const;
const root = fileURLToPath(new URL("../../../", import.meta.url));

/**
 * Builds the packages and lays them beside programs as npm would for a user: `dist` alone, by `publishConfig`. Returns the folder, which holds
 * each source as a program for Node under its name, with the ending .js.
 */
export function installed(sources: readonly string[]): string {
  build();
  const folder = `${root}tooling/reports/bench/`;
  rmSync(folder, { recursive: true, force: true });
  mkdirSync(folder, { recursive: true });
  writeFileSync(`${folder}package.json`, JSON.stringify({ type: "module" }));
  for (const name of packages) lay(`${root}packages/${name}/`, `${folder}node_modules/@maso/${name}/`);
  for (const source of sources) writeFileSync(`${folder}${source}.js`, javascriptOf(new URL(`${source}.ts`, import.meta.url)));
  return folder;
}

function build(): void {
  const { packageManager } = JSON.parse(readFileSync(`${root}package.json`, "utf8"));
  const filters = packages.map((name) => `--filter=@maso/${name}`);
  const args = ["-y", packageManager, "exec", "turbo", "run", "build", "--output-logs=errors-only", ...filters];
  const { status } = spawnSync("npx", args, { cwd: root, stdio: ["ignore", "ignore", "inherit"], shell: process.platform === "win32" });
  if (status !== 0) throw new Error("bench: the packages do not build; `npm test` says more");
}

function lay(from: string, to: string): void {
  const { name, version, type, dependencies = {}, publishConfig } = JSON.parse(readFileSync(`${from}package.json`, "utf8"));
  cpSync(`${from}dist`, `${to}dist`, { recursive: true });
  writeFileSync(`${to}package.json`, JSON.stringify({ name, version, type, exports: publishConfig.exports }));
  for (const dependency of Object.keys(dependencies).filter((each) => !each.startsWith("@maso/"))) {
    mkdirSync(`${to}node_modules`, { recursive: true });
    symlinkSync(`${from}node_modules/${dependency}`, `${to}node_modules/${dependency}`, "junction");
  }
}

function javascriptOf(source: URL): string {
  const compilerOptions = { target: ts.ScriptTarget.ES2022, module: ts.ModuleKind.ESNext, rewriteRelativeImportExtensions: true };
  return ts.transpileModule(readFileSync(source, "utf8"), { compilerOptions }).outputText;
}
