import { register } from "tsx/esm/api";

register();
await import("./partition-worker.ts");
