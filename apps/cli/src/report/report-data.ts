import type { Network } from "@maso/core";
import type { ExplainedRow } from "../model/explain-rows";

/** What a report is about. */
export interface ReportData {
  /** The model as the user named it. */
  readonly title: string;
  readonly format: string;
  readonly network: Network;
  /** How closely the network agrees with TensorFlow.js, or why that was not compared; absent for network files. */
  readonly agreement?: { readonly error: number; readonly tolerance: number } | { readonly skipped: string };
  readonly rows: readonly ExplainedRow[];
  /** Outputs to explain; the winning and the runner-up one of each input where absent. */
  readonly chosen?: readonly number[];
}
