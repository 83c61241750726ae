import { fileURLToPath } from "node:url";
import type { Shape } from "@maso/core";
import { nsfwjsModel } from "./nsfwjs-model";

interface ThirdPartyModel {
  /** With model.json and the weight files. */
  folder(): string;
  /** Where the model leaves its input open. */
  readonly inputShape?: Shape;
}

const SMALL_IMAGE: Shape = [16, 12, 3];

/** Models that npm packages carry. */
export const thirdPartyModels = {
  "nsfwjs-mobilenet-v2": { folder: () => nsfwjsModel("mobilenet_v2") },
  "nsfwjs-mobilenet-v2-mid": { folder: () => nsfwjsModel("mobilenet_v2_mid") },
  "nsfwjs-inception-v3": { folder: () => nsfwjsModel("inception_v3") },
  "upscalerjs-default": { folder: packaged("@upscalerjs/default-model/models"), inputShape: SMALL_IMAGE },
  "upscalerjs-esrgan-slim-2x": { folder: packaged("@upscalerjs/esrgan-slim/models/x2"), inputShape: SMALL_IMAGE },
  "upscalerjs-esrgan-slim-3x": { folder: packaged("@upscalerjs/esrgan-slim/models/x3"), inputShape: SMALL_IMAGE },
  "upscalerjs-esrgan-slim-4x": { folder: packaged("@upscalerjs/esrgan-slim/models/x4"), inputShape: SMALL_IMAGE },
  "upscalerjs-esrgan-slim-8x": { folder: packaged("@upscalerjs/esrgan-slim/models/x8"), inputShape: SMALL_IMAGE },
  "vladmandic-human-emotion": { folder: packaged("@vladmandic/human/models/emotion") },
  "spotify-basic-pitch": { folder: packaged("@spotify/basic-pitch/model") },
} as const satisfies Readonly<Record<string, ThirdPartyModel>>;

export type ThirdPartyName = keyof typeof thirdPartyModels;

export function thirdPartyModel(name: ThirdPartyName): ThirdPartyModel {
  return thirdPartyModels[name];
}

function packaged(folder: string): () => string {
  return () => fileURLToPath(new URL(`../node_modules/${folder}`, import.meta.url));
}
