import { bulkDevice } from "../../src/testing";
import { startWebgpu } from "../support/start-webgpu";
import { builtInsOn } from "./built-ins-on";

builtInsOn(bulkDevice("webgpu", await startWebgpu()), 2);
