import { spawnSync } from "node:child_process";
import { existsSync, readFileSync, rmSync } from "node:fs";
import { root, type Workspace, workspaces } from "./workspace";

/** What `npm test` runs once everything is installed; its last line counts the tests of all packages. */
const steps: readonly (readonly [name: string, command: string, ...args: string[]])[] = [
  ["lint", "biome", "check", "--error-on-warnings", "."],
  ["imports", "tsx", "tooling/scripts/check-imports.ts"],
  ["typecheck", "turbo", "run", "typecheck", "--output-logs=errors-only"],
  ["build", "turbo", "run", "build", "--output-logs=errors-only"],
  ["test", "turbo", "run", "test", "--continue", "--concurrency=2"],
];

const reportOf = ({ folder }: Workspace): string => `${root}${folder}reports/vitest.json`;
const tested = workspaces().filter(({ scripts }) => scripts.test);
for (const workspace of tested) rmSync(reportOf(workspace), { force: true });

let failedSteps = 0;
for (const [name, command, ...args] of steps) {
  console.log(`\n=== ${name}`);
  const { status } = spawnSync(command, args, { cwd: root, stdio: "inherit", shell: process.platform === "win32" });
  if (status !== 0) {
    console.log(`=== ${name} failed`);
    failedSteps++;
  }
}

const totals = { passed: 0, failed: 0, skipped: 0 };
for (const workspace of tested) {
  const path = reportOf(workspace);
  if (!existsSync(path)) {
    console.log(`=== ${workspace.name} wrote no test report`);
    totals.failed++;
    continue;
  }
  const report = JSON.parse(readFileSync(path, "utf8"));
  totals.passed += report.numPassedTests;
  totals.failed += report.numFailedTests;
  totals.skipped += report.numPendingTests + report.numTodoTests;
  if (!report.success && report.numFailedTests === 0) totals.failed++;
}
if (failedSteps > 0 && totals.failed === 0) totals.failed = failedSteps;
console.log(`\n${totals.passed} passed, ${totals.failed} failed, ${totals.skipped} skipped`);
process.exit(totals.failed === 0 && totals.passed > 0 ? 0 : 1);
