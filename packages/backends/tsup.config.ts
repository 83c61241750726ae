import { library } from "../../tooling/presets/tsup.ts";

export default library(["index", "codes/index", "codes/tfjs/index", "compute/index"]);
