import { isContinuous, MasoError, type Network } from "@maso/core";

/** Throws "soft" or "discontinuous" where a network has no exact partition. */
export function checkPartitionable(network: Network): void {
  for (const { id, op } of network.nodes) {
    if (op.type !== "quantizer") continue;
    const betas = typeof op.beta === "number" ? [op.beta] : op.beta;
    if (betas.some((beta) => beta < 1))
      throw new MasoError(
        "soft",
        `partition: ${id} is soft (beta ${betas.find((beta) => beta < 1)}) and has no regions; set beta to 1 (harden)`,
      );
    if (!isContinuous(op))
      throw new MasoError("discontinuous", `partition: ${id} jumps, so that it has two values on its facets; continuous units are needed`);
  }
}
