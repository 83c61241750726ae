import { library } from "../../tooling/presets/tsup";

export default library(["index","tfjs/index","testing/index"]);
