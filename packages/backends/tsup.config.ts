import { library } from "../../tooling/presets/tsup.ts";

export default library(["index", "compute/index", "missing-kernels/index"]);
