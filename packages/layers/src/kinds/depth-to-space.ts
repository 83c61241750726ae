import { MasoError } from "@maso/core";
import { strictObject } from "valibot";
import { gatherByOffsets, range } from "../affine/gather-by-offsets";
import { definePlugin } from "../define-plugin";
import { imageShape } from "../params/image-shape";
import { whole } from "../params/numbers";
import { blockAttributes } from "../params/tfjs-op-attributes";

/** Channels become blocks of b × b pixels: out[y, x, d] = in[⌊y/b⌋, ⌊x/b⌋, ((y mod b) b + x mod b) D + d] with D = channels / b². */
export const depthToSpace = definePlugin({
  kind: "depth-to-space",
  params: strictObject({ blockSize: whole(1) }),
  build: ({ blockSize: b }, inputs) => {
    const [height, width, channels] = imageShape(inputs);
    const depth = channels / b ** 2;
    if (!Number.isInteger(depth))
      throw new MasoError("shape", `expected channels that divide into blocks of ${b} × ${b}, got ${channels}`, { at: "blockSize" });
    const rows = range(height * b).map((y) => Math.floor(y / b) * width * channels + (y % b) * b * depth);
    const columns = range(width * b).map((x) => Math.floor(x / b) * channels + (x % b) * depth);
    return gatherByOffsets([height, width, channels], [rows, columns, range(depth)]);
  },
  tfjs: { ops: { DepthToSpace: blockAttributes } },
});
