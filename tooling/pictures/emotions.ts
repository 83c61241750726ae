import { writeFileSync } from "node:fs";
import { parseArgs } from "node:util";
import { type PictureOptions, partitionPixels, slicePartition } from "@maso/analysis";
import { wasmCompute } from "@maso/backends/compute";
import { encodePng } from "../../apps/cli/src/output/encode-png";
import { emotionSlice } from "./emotion-slice";
import { threeFaces } from "./expressions";
import { facePixels } from "./face-pixels";
import { framed } from "./framed";

/**
 * The README's picture of an npm model: three faces, and the regions of an emotion classifier on a part of their plane, by code and by
 * local Lipschitz constant. `tsx tooling/pictures/emotions.ts [--window 0.0015] [--png apps/cli/media/emotions.png]`, and prints a summary.
 */
const { values } = parseArgs({
  options: { window: { type: "string", default: "0.0015" }, png: { type: "string", default: "apps/cli/media/emotions.png" } },
});
const PANEL: PictureOptions = { width: 606, height: 606 };

const { network, slice } = await emotionSlice(Number(values.window));
const start = performance.now();
const partition = await slicePartition(network, slice, { compute: await wasmCompute(), inputNorm: false, onProgress });
const seconds = (performance.now() - start) / 1000;
const faces = framed(
  threeFaces().map((face) => facePixels(face, 3)),
  15,
  "column",
);
const panels = (["code", "lipschitz"] as const).map((colour) => partitionPixels(partition, { ...PANEL, colour }));
writeFileSync(values.png, encodePng(framed([faces, ...panels], 19, "row")));
console.log(JSON.stringify({ ...partition.summary, seconds, peakMemoryMB: process.resourceUsage().maxRSS / 1024 }));

function onProgress(fraction: number): void {
  if (process.stderr.isTTY) process.stderr.write(`\r${(100 * fraction).toFixed(1)} %`);
}
