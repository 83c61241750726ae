import { affineLaws } from "./affine-laws";
import type { Law } from "./law";
import { quantizerLaws } from "./quantizer-laws";
import { sharedLaws } from "./shared-laws";

/** Every law of the kit. */
export const laws: readonly Law[] = [...sharedLaws, ...affineLaws, ...quantizerLaws];
