import { alias } from "./alias";
import { withBiasAdded } from "./bias";
import type { BulkRule } from "./bulk-affine";

/** Another name for the same values. */
export const same: BulkRule = (_, { bias, constants }) => ({
  apply: withBiasAdded(([v]) => alias(v!), bias, constants),
  adjoint: (u) => [alias(u)],
});
