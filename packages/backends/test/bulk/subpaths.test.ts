import { readFileSync } from "node:fs";
import { expect, it } from "vitest";

const source = new URL("../../src/", import.meta.url);

/** The packages that a module imports by value, through all modules of ours. */
function packagesOf(file: URL, seen = new Set<string>()): Set<string> {
  if (seen.has(file.href)) return new Set();
  seen.add(file.href);
  const found = new Set<string>();
  for (const [, name] of readFileSync(file, "utf8").matchAll(/^(?:import|export)(?! type)[^;]*?"([^"]+)";/gm)) {
    if (!name!.startsWith(".")) found.add(name!);
    else for (const other of packagesOf(resolved(new URL(name!, file)), seen)) found.add(other);
  }
  return found;
}

function resolved(path: URL): URL {
  for (const ending of [".ts", "/index.ts"]) {
    const file = new URL(`${path.href}${ending}`);
    try {
      readFileSync(file);
      return file;
    } catch {}
  }
  throw new Error(`no module ${path}`);
}

const tensorflow = (file: string): string[] =>
  [...packagesOf(new URL(file, source))].filter((name) => name.startsWith("@tensorflow/")).sort();

it.each(["cpu", "wasm", "webgpu"])("@maso/backends/%s pulls in that backend of TensorFlow.js alone", (name) => {
  expect(tensorflow(`bulk/${name}.ts`)).toEqual([`@tensorflow/tfjs-backend-${name}`, "@tensorflow/tfjs-core"]);
});

it("@maso/backends pulls in none, and /compute not even TensorFlow.js", () => {
  expect(tensorflow("index.ts")).toEqual(["@tensorflow/tfjs-core"]);
  expect(tensorflow("compute/index.ts")).toEqual([]);
});
