import "@tensorflow/tfjs-backend-cpu";
import { bulkDevice } from "../../src/testing";
import { builtInsOn } from "./built-ins-on";

builtInsOn(bulkDevice("cpu"), 5);
