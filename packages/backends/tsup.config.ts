import { library } from "../../tooling/presets/tsup.ts";

export default library(["index", "codes/index", "compute/index"]);
