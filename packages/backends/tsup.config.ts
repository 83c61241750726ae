import { library } from "../../tooling/presets/tsup.ts";

export default library(["index", "code-files/index", "codes/index", "codes/tfjs/index", "compute/index"]);
