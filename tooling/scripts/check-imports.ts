import { readdirSync, readFileSync } from "node:fs";
import { violations } from "./import-rules";
import { root, workspaces } from "./workspace";

/** Fails on an import that the architecture forbids. */
let count = 0;
for (const { folder } of workspaces()) {
  for (const entry of readdirSync(root + folder, { recursive: true, withFileTypes: true })) {
    const path = `${entry.parentPath}/${entry.name}`.replaceAll("\\", "/").slice(root.length);
    if (!entry.isFile() || !/\.[cm]?tsx?$/.test(path) || /(^|\/)(node_modules|dist)\//.test(path)) continue;
    for (const { line, message } of violations(path.replace(/^\//, ""), readFileSync(root + path, "utf8"))) {
      console.error(`${path}:${line}: ${message}`);
      count++;
    }
  }
}
console.log(`imports: ${count} forbidden`);
process.exit(count === 0 ? 0 : 1);
