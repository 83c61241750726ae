import { writeFileSync } from "node:fs";
import { parseArgs } from "node:util";
import { type PictureOptions, partitionPixels, slicePartition } from "@maso/analysis";
import { wasmCompute } from "@maso/backends/compute";
import { encodePng } from "../../apps/cli/src/output/encode-png";
import { emotionFeatures, emotionSlice } from "./emotion-slice";
import { threeFaces } from "./expressions";
import { facePixels } from "./face-pixels";
import { framed } from "./framed";

/**
 * The README's picture of an npm model: three faces, and the regions of an emotion classifier's first blocks on a part of their plane, by
 * code and by local Lipschitz constant. `tsx tooling/pictures/emotions.ts [--blocks 2] [--window 0.0006] [--png F]`, and prints a summary.
 */
const { values } = parseArgs({
  options: {
    blocks: { type: "string", default: "2" },
    window: { type: "string", default: "0.0006" },
    png: { type: "string", default: "apps/cli/media/emotions.png" },
  },
});
const PANEL: PictureOptions = { width: 606, height: 606 };

const network = await emotionFeatures(Number(values.blocks) as 1 | 2 | 3 | 4);
const start = performance.now();
const partition = await slicePartition(network, emotionSlice(Number(values.window)), {
  compute: await wasmCompute(),
  inputNorm: false,
  onProgress,
});
const seconds = (performance.now() - start) / 1000;
const faces = framed(
  threeFaces().map((face) => facePixels(face, 3)),
  15,
  "column",
);
const panels = (["code", "lipschitz"] as const).map((colour) => partitionPixels(partition, { ...PANEL, colour }));
writeFileSync(values.png, encodePng(framed([faces, ...panels], 19, "row")));
console.log(JSON.stringify({ ...partition.summary, seconds, peakMemoryMB: (1024 * process.resourceUsage().maxRSS) / 1e6 }));

function onProgress(fraction: number): void {
  if (process.stderr.isTTY) process.stderr.write(`\r${(100 * fraction).toFixed(1)} %`);
}
