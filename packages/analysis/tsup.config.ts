import { library } from "../../tooling/presets/tsup.ts";

export default library(["index", "partition-worker", "partition/picture/index"]);
