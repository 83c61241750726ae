import { readdirSync, readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";

export const root = fileURLToPath(new URL("../../", import.meta.url));

export interface Workspace {
  readonly name: string;
  /** From the root, with a slash at the end. */
  readonly folder: string;
  readonly scripts: Readonly<Record<string, string>>;
}

/** All packages, apps and the tooling. */
export function workspaces(): Workspace[] {
  const folders = ["packages/", "apps/"].flatMap((parent) =>
    readdirSync(root + parent, { withFileTypes: true })
      .filter((entry) => entry.isDirectory())
      .map(({ name }) => `${parent}${name}/`),
  );
  return [...folders, "tooling/"].map((folder) => {
    const { name, scripts = {} } = JSON.parse(readFileSync(`${root}${folder}package.json`, "utf8"));
    return { name, folder, scripts };
  });
}
