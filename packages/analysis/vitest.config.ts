import { tests } from "../../tooling/presets/vitest.ts";

export default tests({ pages: ["plain", "isolated"], browserSetup: "test/partition/partitions-in-node.ts" });
