import "@tensorflow/tfjs-backend-wasm";
import { bulkDevice } from "../../src/testing";
import { builtInsOn } from "./built-ins-on";

builtInsOn(bulkDevice("wasm"), 5);
