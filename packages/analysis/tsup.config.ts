import { library } from "../../tooling/presets/tsup.ts";

export default library(["index", "partition/picture/index"]);
