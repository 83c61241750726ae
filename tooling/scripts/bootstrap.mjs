// The commands of a newcomer, `npm start`, `npm test` and `npm run test:models`, on a machine that has only Node and npm:
// installs the workspace with the pinned pnpm, then goes on with the main job or the tests.
import { spawnSync } from "node:child_process";
import { readFileSync, statSync } from "node:fs";
import { fileURLToPath } from "node:url";

const root = fileURLToPath(new URL("../..", import.meta.url));
const { packageManager } = JSON.parse(readFileSync(new URL("../../package.json", import.meta.url), "utf8"));
process.env.TURBO_TELEMETRY_DISABLED ??= "1";
process.env.npm_config_loglevel = "error";

const jobs = {
  start: () => {
    run(["exec", "turbo", "run", "build", "--filter=@maso/cli...", "--output-logs=errors-only"], { quiet: true });
    finish(spawnSync(process.execPath, ["apps/cli/bin/maso.mjs", "explain", ...process.argv.slice(3)], { cwd: root, stdio: "inherit" }));
  },
  test: () => finish(pnpm(["exec", "tsx", "tooling/scripts/test.ts", ...process.argv.slice(3)])),
  models: () =>
    finish(pnpm(["--dir", "tooling", "exec", "vitest", "run", "--config", "vitest.models.config.ts", ...process.argv.slice(3)])),
};

const [major, minor] = process.versions.node.split(".").map(Number);
if (major < 20 || (major === 20 && minor < 19)) {
  console.error(`maso needs Node 20.19 or newer; this is ${process.versions.node}`);
  process.exit(1);
}
if (!installed()) run(["install", "--frozen-lockfile", "--prefer-offline", "--reporter=append-only"], { quiet: true });
jobs[process.argv[2]]();

/** The installed tree is that of the lockfile: pnpm leaves a copy of it in node_modules. */
function installed() {
  try {
    const lock = readFileSync(`${root}pnpm-lock.yaml`, "utf8");
    return readFileSync(`${root}node_modules/.pnpm/lock.yaml`, "utf8") === lock && statSync(`${root}node_modules/.bin/maso`).isFile();
  } catch {
    return false;
  }
}

function pnpm(args, { quiet = false } = {}) {
  const stdio = quiet ? ["ignore", "pipe", "pipe"] : "inherit";
  return spawnSync("npx", ["-y", packageManager, ...args], { cwd: root, stdio, encoding: "utf8", shell: process.platform === "win32" });
}

/** A step whose output matters only when it fails. */
function run(args, options) {
  console.error(`maso: pnpm ${args.slice(0, 4).join(" ")} ...`);
  const result = pnpm(args, options);
  if (result.status === 0) return;
  process.stderr.write(`${result.stdout ?? ""}${result.stderr ?? ""}${result.error ?? ""}\n`);
  process.exit(result.status || 1);
}

function finish({ status, signal }) {
  process.exit(status ?? (signal === "SIGINT" ? 130 : 1));
}
