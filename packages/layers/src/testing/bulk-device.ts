import type { Choice, Network, Rows } from "@maso/core";

/** Where networks run in bulk, as the kit sees it. `@maso/backends/testing` makes one of each of its backends. */
export interface BulkDevice {
  /** For the tests' names. */
  readonly name: string;
  /** Why the device is not here: its tests are skipped, and say so. */
  readonly absent?: string;
  /** The network with its functions on rows of numbers that float32 holds. */
  compile(network: Network): Promise<BulkOnRows>;
}

/** As core's functions of the same names, float32 inside. */
export interface BulkOnRows {
  forward(x: Rows): Promise<Rows>;
  /** The pieces that the units of each quantizer select, [rows, units]. */
  choices(x: Rows): Promise<readonly Choice[]>;
  /** J[x] v, g consecutive rows of v for each row of x. */
  jvp(x: Rows, v: Rows): Promise<Rows>;
  vjp(x: Rows, u: Rows): Promise<Rows>;
  /** All rows of A[x], [rows, outputs, inputs]. */
  templates(x: Rows): Promise<Rows>;
  localBias(x: Rows): Promise<Rows>;
  dispose(): void;
}
