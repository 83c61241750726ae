import { library } from "../../tooling/presets/tsup.ts";

export default library(["index", "tfjs/index", "testing/index"]);
