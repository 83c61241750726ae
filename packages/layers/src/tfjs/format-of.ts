import type { Artifacts } from "./artifacts";

/** What kind of model a topology describes: a graph has nodes, a layers-model classes. */
export function formatOf(declared: unknown, topology: unknown): Artifacts["format"] {
  if (declared === "graph-model") return "tfjs-graph-model";
  const isGraph = typeof topology === "object" && topology !== null && "node" in topology && !("class_name" in topology);
  return isGraph ? "tfjs-graph-model" : "tfjs-layers-model";
}
