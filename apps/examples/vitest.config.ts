import { tests } from "../../tooling/presets/vitest.ts";

export default tests();
