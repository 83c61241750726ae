import { formatShape, MasoError } from "@maso/core";
import { strictObject } from "valibot";
import { gatherByOffsets, range } from "../affine/gather-by-offsets";
import { definePlugin } from "../define-plugin";
import { imageShape } from "../params/image-shape";
import { whole } from "../params/numbers";
import { blockAttributes } from "../params/tfjs-op-attributes";

/** Blocks of b × b pixels become channels: out[y, x, (dy b + dx) C + c] = in[y b + dy, x b + dx, c] with C = channels. */
export const spaceToDepth = definePlugin({
  kind: "space-to-depth",
  params: strictObject({ blockSize: whole(1) }),
  build: ({ blockSize: b }, inputs) => {
    const image = imageShape(inputs);
    const [height, width, channels] = image;
    if (height % b !== 0 || width % b !== 0)
      throw new MasoError("shape", `expected an image that divides into blocks of ${b} × ${b}, got ${formatShape(image)}`, {
        at: "blockSize",
      });
    const rows = range(height / b).map((y) => y * b * width * channels);
    const columns = range(width / b).map((x) => x * b * channels);
    const within = range(b).flatMap((dy) => range(b * channels).map((at) => dy * width * channels + at));
    return gatherByOffsets(image, [rows, columns, within]);
  },
  tfjs: { ops: { SpaceToDepth: blockAttributes } },
});
