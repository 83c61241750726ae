import { existsSync } from "node:fs";
import { delimiter, join } from "node:path";
import { env, platform } from "node:process";

/** The browser that tests run in: the one that CHROMIUM names, else the first of these that is installed; null where there is none. */
export function chromiumPath(): string | null {
  const named = env.CHROMIUM;
  const candidates = named ? [named] : [...installs, ...onPath()];
  return candidates.find((path) => existsSync(path)) ?? null;
}

/** Nothing that asks the network for anything, and WebGPU by a software rasteriser where there is no GPU. */
export const chromiumFlags: readonly string[] = [
  "--enable-unsafe-webgpu",
  "--disable-quic",
  "--no-first-run",
  "--disable-background-networking",
  "--disable-component-update",
  "--disable-sync",
];

const installs = [
  "/usr/bin/chromium",
  "/Applications/Chromium.app/Contents/MacOS/Chromium",
  "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome",
  "C:\\Program Files\\Google\\Chrome\\Application\\chrome.exe",
];

function onPath(): string[] {
  const ending = platform === "win32" ? ".exe" : "";
  const folders = (env.PATH ?? "").split(delimiter).filter(Boolean);
  return ["chromium", "chromium-browser", "google-chrome"].flatMap((name) => folders.map((folder) => join(folder, `${name}${ending}`)));
}
