import { existsSync, mkdirSync, readdirSync, readFileSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { runInNewContext } from "node:vm";

const PACKAGE = fileURLToPath(new URL("../node_modules/nsfwjs", import.meta.url));

/**
 * The folder of a model that nsfwjs carries, with model.json and its weight files. The package keeps them as modules that export an object
 * (model.json) or base64 text (a weight file); they are written out once, under another name first, so that a folder that is there is whole.
 */
export function nsfwjsModel(name: string): string {
  const source = join(PACKAGE, "dist/models", name);
  const { version } = JSON.parse(readFileSync(join(PACKAGE, "package.json"), "utf8"));
  const folder = fileURLToPath(new URL(`written/nsfwjs-${version}/${name}`, import.meta.url));
  if (existsSync(folder)) return folder;
  const unfinished = `${folder}.${process.pid}`;
  mkdirSync(unfinished, { recursive: true });
  for (const file of readdirSync(source)) {
    const content = exportOf(join(source, file));
    const path = join(unfinished, file.replace(/\.min\.js$/, ""));
    if (typeof content === "string") writeFileSync(path, Buffer.from(content, "base64"));
    else writeFileSync(`${path}.json`, JSON.stringify(content));
  }
  try {
    renameSync(unfinished, folder);
  } catch (error) {
    rmSync(unfinished, { recursive: true });
    // Another process was first.
    if (!existsSync(folder)) throw error;
  }
  return folder;
}

function exportOf(file: string): unknown {
  const module: { exports: unknown } = { exports: {} };
  runInNewContext(readFileSync(file, "utf8"), { module, exports: module.exports });
  return module.exports;
}
