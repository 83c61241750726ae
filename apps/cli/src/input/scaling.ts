import { MasoError } from "@maso/core";
import type { Scaling } from "./image";

export interface ScalingOptions {
  readonly scale?: string;
  readonly offset?: string;
}

/** Pixels to [0, 1], unless --scale and --offset say otherwise. Throws "usage". */
export function scalingOf({ scale = "1/255", offset = "0" }: ScalingOptions): Scaling {
  const [numerator, denominator = 1, ...rest] = scale.split("/").map((part) => numberOption("--scale", part));
  if (denominator === 0 || rest.length > 0) throw new MasoError("usage", `--scale ${scale}: expected a number or a fraction like 1/255`);
  return { numerator: numerator!, denominator, offset: numberOption("--offset", offset) };
}

function numberOption(name: string, text: string): number {
  const value = Number(text);
  if (text.trim() === "" || !Number.isFinite(value)) throw new MasoError("usage", `${name} ${text}: expected a number`);
  return value;
}
