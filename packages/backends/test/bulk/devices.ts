import "@tensorflow/tfjs-backend-cpu";
import "@tensorflow/tfjs-backend-wasm";
import type { BulkDevice } from "@maso/layers/testing";
import { bulkDevice } from "../../src/testing";
import { startWebgpu } from "../support/start-webgpu";

/** Every backend in Node; webgpu says why where it is absent. */
export const devices: readonly BulkDevice[] = [bulkDevice("cpu"), bulkDevice("wasm"), bulkDevice("webgpu", await startWebgpu())];
